package io.miniplane.simulator.world;

import java.util.List;
import java.util.Optional;

/** The public titles and keywords from which apps put their templates together. */
public final class TemplateLibrary {

    /** What the trial apps do, which decides which titles they see. */
    public static final List<Category> CATEGORIES =
            List.of(new Category(616, "公交"), new Category(307, "商家自营"), new Category(411, "餐饮"));

    private static final List<Title> TITLES = List.of(
            new Title(
                    "99",
                    "订单支付成功通知",
                    false,
                    307,
                    List.of(
                            new Keyword(1, "商品名称", "手工月饼礼盒", FieldRule.THING),
                            new Keyword(2, "支付金额", "¥128.00", FieldRule.AMOUNT),
                            new Keyword(3, "支付时间", "2019年10月1日 15:01", FieldRule.TIME),
                            new Keyword(4, "订单编号", "20191001150100", FieldRule.CHARACTER_STRING),
                            new Keyword(5, "备注", "感谢惠顾", FieldRule.THING))),
            new Title(
                    "855",
                    "订单发货提醒",
                    false,
                    307,
                    List.of(
                            new Keyword(1, "订单编号", "20191001150100", FieldRule.CHARACTER_STRING),
                            new Keyword(2, "快递公司", "顺丰", FieldRule.PHRASE),
                            new Keyword(3, "快递单号", "SF1020304050607", FieldRule.CHARACTER_STRING),
                            new Keyword(4, "发货时间", "2019年10月1日 15:01", FieldRule.DATE),
                            new Keyword(5, "收货人", "张三", FieldRule.NAME))),
            new Title(
                    "1470",
                    "取餐提醒",
                    false,
                    411,
                    List.of(
                            new Keyword(1, "取餐号", "186", FieldRule.NUMBER),
                            new Keyword(2, "门店", "人民路店", FieldRule.THING),
                            new Keyword(3, "联系电话", "020-81167888", FieldRule.PHONE_NUMBER))),
            new Title(
                    "3603",
                    "到站提醒",
                    true,
                    616,
                    List.of(
                            new Keyword(1, "车牌号", "粤A8Z888", FieldRule.CAR_NUMBER),
                            new Keyword(2, "车站", "体育西路", FieldRule.THING),
                            new Keyword(3, "到站时间", "15:01", FieldRule.TIME))));

    private TemplateLibrary() {}

    /** What an app does. */
    public record Category(int id, String name) {}

    /**
     * A title.
     *
     * @param tid its id
     * @param title its words
     * @param longTerm whether templates of it are long-term ones
     * @param category the category of apps that see it
     * @param keywords what its templates may tell
     */
    public record Title(String tid, String title, boolean longTerm, int category, List<Keyword> keywords) {

        /** The keyword of an id. */
        public Optional<Keyword> keyword(int kid) {
            return keywords.stream().filter(keyword -> keyword.kid() == kid).findFirst();
        }
    }

    /** One thing that a template may tell. */
    public record Keyword(int kid, String name, String example, FieldRule rule) {

        /** The field that a template gets from it. */
        public Template.Field field() {
            return new Template.Field(rule.word() + kid, name, example, List.of());
        }
    }

    /** All titles. */
    public static List<Title> titles() {
        return TITLES;
    }

    /** The title of an id. */
    public static Optional<Title> title(String tid) {
        return TITLES.stream().filter(title -> title.tid().equals(tid)).findFirst();
    }
}
