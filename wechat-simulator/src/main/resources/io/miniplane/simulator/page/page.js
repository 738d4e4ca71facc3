import { ask, each, el, localTime, say, store } from "/parts.js";
import { openCallback, openLogin, openPhone, openProfile, wireDialogs } from "/dialogs.js";

const EVERY = 1500;
const shown = {};
const openPushes = new Set();

/** Draws a part anew only when what it shows has changed, and keeps the focus where it was. */
function draw(name, data, make) {
  const key = JSON.stringify(data);
  if (shown[name] === key) return;
  shown[name] = key;
  const target = document.getElementById(name);
  const focused = target.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  target.replaceChildren(...make());
  if (focused) target.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function empty(id, isEmpty) {
  document.getElementById(id).hidden = !isEmpty;
}

function drawUsers(state, appId) {
  empty("no-users", state.userCount === 0);
  draw("user-list", [state.users, appId], () => (state.users ?? []).map((user) => {
    const session = user.sessions[appId];
    const act = (text, action, kind) => el("button", { type: "button", class: kind ?? "", "data-key": `${text} ${user.openId}`, onclick: () => action(user), "aria-label": `${text} ${user.nickname}` }, text);
    return el("li", {},
      el("img", { class: "avatar", src: `/avatars/${user.openId}.svg`, alt: "" }),
      el("div", { class: "who" },
        el("div", {}, el("strong", { lang: "zh" }, user.nickname),
          session === "live" ? el("span", { class: "chip good" }, "session live")
            : session === "expired" ? el("span", { class: "chip warn" }, "session expired")
              : el("span", { class: "chip" }, "never logged in"),
          user.highRisk ? el("span", { class: "chip bad" }, "blocked 40226") : null),
        el("p", { title: user.openId }, user.countryCode === "86" ? user.phone : `+${user.countryCode} ${user.phone}`, " · ", el("span", { class: "mono" }, user.openId))),
      el("div", { class: "buttons" },
        act("Log in as…", openLogin, "primary"), act("Phone", openPhone), act("Profile", openProfile)));
  }));
}

function drawApps(state) {
  draw("app-list", state.apps, () => state.apps.map((app) => el("li", {},
    el("div", { class: "who" },
      el("div", {}, el("strong", { class: "mono" }, app.appId), el("span", { class: "quiet mono" }, app.originalId)),
      app.push
        ? el("p", { class: "wrap" }, el("span", { class: "mono" }, app.push.url), " ", el("span", { class: "chip info" }, app.push.mode), " ", el("span", { class: "chip info" }, app.push.format))
        : el("p", { class: "wrap" }, "No push callback, so nothing is pushed.")),
    el("button", { type: "button", "data-key": app.appId, onclick: () => openCallback(app) }, "Callback"))));
  const options = () => state.apps.map((app) => el("option", { value: app.appId }, app.appId));
  draw("app", state.apps.map((app) => app.appId), options);
  draw("push-app", state.apps.map((app) => app.appId), options);
}

function drawFaults(state) {
  const faults = state.faults ?? [];
  empty("no-faults", faults.length === 0);
  draw("fault-list", faults, () => faults.map((fault) => el("li", {},
    el("span", { class: "chip bad" }, fault.kind + (fault.detail ? ` ${fault.detail}` : "")),
    el("div", { class: "who" }, el("span", { class: "mono" }, fault.path === "*" ? "every path" : fault.path)),
    el("span", { class: "quiet" }, fault.times === null ? "until cleared" : `${fault.times} more`))));
}

function took(micros) {
  return micros < 1000 ? `${(micros / 1000).toFixed(2)} ms` : micros < 100000 ? `${(micros / 1000).toFixed(1)} ms` : `${(micros / 1000000).toFixed(2)} s`;
}

function drawCalls(state) {
  const only = document.getElementById("only-refused").checked;
  const calls = state.calls.filter((call) => !only || call.outcome !== "ok");
  empty("no-calls", state.calls.length === 0);
  draw("call-list", calls, () => calls.map((call) => el("tr", {},
    el("td", { class: "time" }, localTime(call.at)),
    el("td", { class: "mono" }, el("span", { class: "method" }, call.method), " ", call.path),
    el("td", {}, el("span", { class: `chip ${call.outcome === "ok" ? "good" : "bad"}` }, call.outcome)),
    el("td", { class: "number" }, took(call.micros)))));
}

function drawCodes(state) {
  const names = new Map((state.users ?? []).map((user) => [user.openId, user.nickname]));
  const kinds = { unused: "info", used: "good", expired: "warn" };
  const codes = [...state.codes].sort((a, b) => b.expiresAt.localeCompare(a.expiresAt));
  empty("no-codes", codes.length === 0);
  draw("code-list", [codes, [...names]], () => codes.map((code) => el("tr", {},
    el("td", {}, el("span", { class: "mono" }, `${code.start}…`), " ", el("span", { class: "quiet" }, code.kind)),
    el("td", { title: code.openId, lang: "zh" }, names.get(code.openId) ?? code.openId),
    el("td", {}, el("span", { class: `chip ${kinds[code.state]}` }, code.state)))));
}

export function deliveryTable(push) {
  const table = el("table", {}, el("thead", {}, el("tr", {}, ...["#", "Time", "Status", "Took", "Answer"].map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, ...push.deliveries.map((delivery) => el("tr", {},
      el("td", {}, delivery.number),
      el("td", { class: "time" }, localTime(delivery.at)),
      el("td", {}, el("span", { class: `chip ${delivery.accepted ? "good" : "bad"}` }, delivery.status || "none")),
      el("td", {}, `${delivery.millis} ms`),
      el("td", {}, delivery.answer ? el("code", {}, delivery.answer) : delivery.accepted ? el("span", { class: "quiet" }, "empty") : null,
        delivery.problem ? el("p", { class: "quiet" }, delivery.problem) : null)))));
  return el("div", { class: "deliveries" }, table);
}

function drawPushes(state) {
  empty("no-pushes", state.pushes.length === 0);
  const states = { UNDER_WAY: ["info", "under way"], ACCEPTED: ["good", "accepted"], GIVEN_UP: ["bad", "given up"] };
  draw("push-list", state.pushes, () => state.pushes.map((push) => {
    const [kind, text] = states[push.state];
    const details = el("details", { open: openPushes.has(push.id), ontoggle: (event) => (event.target.open ? openPushes.add(push.id) : openPushes.delete(push.id)) },
      el("summary", { "data-key": `push ${push.id}` },
        el("span", { class: "quiet" }, localTime(push.at)), el("strong", { class: "mono" }, push.kind),
        push.fault ? el("span", { class: "chip warn" }, push.fault) : null,
        el("span", { class: "grow" }),
        el("span", { class: "quiet mono target" }, push.appId),
        el("span", { class: "dots", role: "img", "aria-label": `${push.deliveries.length} deliveries` }, ...push.deliveries.map((delivery) => el("i", { class: delivery.accepted ? "good" : "" }))),
        el("span", { class: `chip ${kind}` }, text)),
      deliveryTable(push), el("pre", { class: "mono tall", tabindex: "0" }, push.message));
    return el("li", {}, details);
  }));
}

function yuan(fen) {
  return `¥${(fen / 100).toFixed(2)}`;
}

/** Does something to an order and says what came of it. */
function forOrder(method, path, sentence) {
  return ask(method, path).then(refresh).then(() => say(sentence)).catch((failure) => say(failure.message, true));
}

function drawOrders(state) {
  empty("no-orders", state.trades.length === 0);
  draw("merchant", state.merchant, () => ["Merchant ", el("span", { class: "mono" }, state.merchant.merchantId), ", certificate ", el("span", { class: "mono" }, state.merchant.certificateSerial)]);
  const names = new Map((state.users ?? []).map((user) => [user.openId, user.nickname]));
  const states = { NOTPAY: ["info", "to be paid"], USERPAYING: ["info", "being paid"], PAYERROR: ["warn", "bank refused"], SUCCESS: ["good", "paid"], REFUND: ["warn", "refunded"], CLOSED: ["", "closed"], REVOKED: ["", "revoked"] };
  draw("order-list", [state.trades, [...names]], () => state.trades.map((trade) => {
    const [kind, text] = states[trade.state];
    const act = (name, action, look) => el("button", { type: "button", class: look ?? "", "data-key": `${name} ${trade.outTradeNo}`, onclick: action, "aria-label": `${name} ${trade.outTradeNo}` }, name);
    const deliveries = trade.notices.flatMap((notice) => notice.deliveries);
    const payable = ["NOTPAY", "USERPAYING", "PAYERROR"].includes(trade.state);
    const path = `/_control/pay/trades/${encodeURIComponent(trade.outTradeNo)}`;
    return el("li", {},
      el("div", { class: "who" },
        el("div", {}, el("strong", {}, yuan(trade.total)), " ", trade.description, el("span", { class: `chip ${kind}` }, text),
          trade.refunded > 0 ? el("span", { class: "chip warn" }, `${yuan(trade.refunded)} back`) : null,
          trade.shipping ? el("span", { class: "chip" }, trade.shipping.toLowerCase().replace("_", " ")) : null),
        el("p", { class: "wrap" }, el("span", { lang: "zh" }, names.get(trade.openId) ?? trade.openId), " · ", el("span", { class: "mono" }, trade.outTradeNo))),
      deliveries.length > 0 ? el("span", { class: "dots", role: "img", "aria-label": `${deliveries.length} deliveries of notifications` }, ...deliveries.map((delivery) => el("i", { class: delivery.accepted ? "good" : "", title: delivery.problem || String(delivery.status) }))) : null,
      el("div", { class: "buttons" },
        payable ? act("Pay", () => forOrder("POST", `${path}/payment`, `${yuan(trade.total)} paid.`), "primary") : null,
        trade.shipping === "SHIPPED" ? act("Confirm receipt", () => forOrder("PUT", `/_control/orders/${trade.transactionId}/receipt`, "The goods came.")) : null));
  }));
}

function drawFigures(state) {
  const total = Object.values(state.counts).reduce((sum, count) => sum + count, 0);
  const refused = state.calls.filter((call) => call.outcome !== "ok").length;
  const accepted = state.pushes.filter((push) => push.state === "ACCEPTED").length;
  const set = (id, value, bad) => { const figure = document.getElementById(id); figure.replaceChildren(...[value].flat()); figure.classList.toggle("bad", Boolean(bad)); };
  set("figure-users", String(state.userCount));
  set("figure-codes", String(state.codes.filter((code) => code.state === "unused").length));
  set("figure-calls", total.toLocaleString("en"));
  set("figure-refused", String(refused), refused > 0);
  set("figure-pushes", [String(accepted), el("small", {}, ` of ${state.pushes.length}`)]);
  set("figure-faults", String((state.faults ?? []).length), (state.faults ?? []).length > 0);
}

function drawClock() {
  if (!store.state) return;
  const now = new Date(new Date(store.state.now).getTime() + (performance.now() - store.at));
  document.getElementById("clock").textContent = now.toLocaleTimeString("en-GB");
  const ahead = document.getElementById("ahead");
  ahead.hidden = store.state.aheadSeconds === 0;
  ahead.textContent = `${duration(store.state.aheadSeconds)} ahead`;
}

function duration(seconds) {
  return seconds >= 86400 ? `${(seconds / 86400).toFixed(1)} days` : seconds >= 3600 ? `${(seconds / 3600).toFixed(1)} h` : seconds >= 60 ? `${Math.round(seconds / 60)} min` : `${seconds} s`;
}

export async function refresh() {
  const live = document.getElementById("live");
  try {
    const state = await ask("GET", "/_control/state");
    Object.assign(store, { state, at: performance.now() });
    drawApps(state);
    const appId = document.getElementById("app").value;
    drawUsers(state, appId);
    [drawFaults, drawCalls, drawCodes, drawOrders, drawPushes, drawFigures].forEach((part) => part(state));
    drawClock();
    live.textContent = "Live";
    live.classList.remove("off");
  } catch (failure) {
    live.textContent = failure.message;
    live.classList.add("off");
  }
}

async function poll() {
  if (!document.hidden) await refresh();
  setTimeout(poll, EVERY);
}

document.getElementById("address").textContent = location.origin;
document.getElementById("app").addEventListener("change", refresh);
document.getElementById("only-refused").addEventListener("change", () => drawCalls(store.state));
each("#clear-faults", "click", () => ask("DELETE", "/_control/faults").then(refresh).then(() => say("No faults are in force now.")));
each("#clear-pushes", "click", () => ask("DELETE", "/_control/pushes").then(refresh));
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
wireDialogs(refresh, deliveryTable);
setInterval(drawClock, 1000);
poll();
