"""Lets the fuzzer come as somebody: every call has a user of its own, so that no call spoils the next by logging out or deleting the account."""

import functools
import hashlib
import http.server
import itertools
import json
import os
import queue
import re
import threading
import time
import uuid

import requests
import schemathesis

SERVER = os.environ["FUZZ_SERVER"]
WECHAT = os.environ["FUZZ_WECHAT"]
APP_ID = os.environ["FUZZ_APP_ID"]
STAFF_TOKEN = os.environ["FUZZ_STAFF_TOKEN"]
PUSH_TOKEN = os.environ["FUZZ_PUSH_TOKEN"]
ANSWERS = os.environ["FUZZ_ANSWERS"]

STAFF = {"Authorization": f"Bearer {STAFF_TOKEN}"}

# What must not stand in an answer, whatever it was that went wrong.
FAULT = re.compile(r"Exception|\bat [a-z]+\.[\w.$]+\(|\.java:\d+|SELECT |INSERT |UPDATE |io\.miniplane|org\.springframework", re.ASCII)

session = requests.Session()
turns = itertools.count()

# By access token.
PEOPLE = {}


def at_wechat(action, user=None):
    """Something that happens on the phone of a user, or of somebody new."""
    wish = {"appId": APP_ID} if user is None else {"appId": APP_ID, "openId": user}
    return session.post(f"{WECHAT}/_control/{action}", json=wish, timeout=10).json()


class Somebody:
    """A user who has just logged in."""

    def __init__(self):
        login = at_wechat("login-codes")
        self.open_id = login["openId"]
        self.tokens = self.call("POST", "auth/login", json={"code": login["code"]})
        PEOPLE[self.tokens["token"]] = self

    def call(self, method, path, **more):
        """Asks the server, again where it says that this may help."""
        for _ in range(5):
            answer = session.request(method, f"{SERVER}/api/v1/{path}", timeout=20, **more)
            if "retry-after" not in answer.headers:
                break
            time.sleep(int(answer.headers["retry-after"]))
        answer.raise_for_status()
        return answer.json()["data"]

    def ask(self, method, path, **more):
        return self.call(method, path, headers={"Authorization": f"Bearer {self.tokens['token']}"}, **more)


@schemathesis.auth(refresh_interval=None)
class TokenOfTheRightKind:
    """A member of staff who may do everything, or a new user for every call; now and then the one where the other is wanted."""

    def get(self, case, context):
        schemes = {scheme for way in case.operation.definition.raw.get("security", []) for scheme in way}
        is_for_staff = "staffToken" in schemes
        return STAFF_TOKEN if is_for_staff != (next(turns) % 9 == 8) else Somebody().tokens["token"]

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context, case, kwargs):
    """Every other time a code, token or id that works, or the caller only ever sees refusals."""
    prepare = KNOWN.get(case.operation.definition.raw.get("operationId"))
    if prepare is not None and is_valid(case) and next(turns) % 2 == 0:
        kwargs.update(prepare(case) or {})


def caller(case):
    return PEOPLE.get((case.headers.get("Authorization") or "").removeprefix("Bearer "))


def with_code(case):
    case.body = {"code": at_wechat("login-codes")["code"]}


def with_refresh_token(case):
    case.body = {"refreshToken": Somebody().tokens["refreshToken"]}


def with_phone_code(case):
    if who := caller(case):
        case.body = {"code": at_wechat("phone-codes", who.open_id)["code"]}


def with_profile(case):
    if who := caller(case):
        profile = at_wechat("encrypted-profiles", who.open_id)
        case.body = {field: profile[field] for field in ("rawData", "signature", "encryptedData", "iv")}


def with_own_session(case):
    if who := caller(case):
        case.path_parameters = {"id": who.ask("GET", "users/me/sessions")[0]["id"]}


def with_own_check(case):
    if who := caller(case):
        picture = {"type": "image", "url": "https://cdn.example.com/tea.jpg", "scene": "forum"}
        case.path_parameters = {"id": who.ask("POST", "content-checks", json=picture)["id"]}


def with_somebody(case):
    case.path_parameters = {"id": Somebody().tokens["userId"]}


def with_version(case):
    who = Somebody()
    version = who.call("GET", f"users/{who.tokens['userId']}", headers=STAFF)["version"]
    case.path_parameters = {"id": who.tokens["userId"]}
    case.headers["If-Match"] = f'"{version}"'


def new_product():
    return Somebody().call("POST", "products", headers=STAFF, json={"name": "Tea", "price": 1900, "published": True})


def with_product(case):
    case.path_parameters = {"id": new_product()["productId"]}


def with_product_and_version(case):
    product = new_product()
    case.path_parameters = {"id": product["productId"]}
    case.headers["If-Match"] = f'"{product["version"]}"'


def with_delivery(case):
    with_product(case)
    case.body = {"delta": 5, "reason": "Delivery"}


SHIPPED = {"logistics": "EXPRESS", "carrier": "ZTO", "trackingNumber": "7312345678901"}


@functools.cache
def tea():
    """A product of which there is enough for all."""
    product = new_product()["productId"]
    delivery = {"delta": 10000, "reason": "Delivery"}
    Somebody().call("POST", f"products/{product}/stock-changes", headers=STAFF, json=delivery)
    return product


def basket():
    return {"lines": [{"productId": tea(), "quantity": 1}]}


def confirmed(who):
    order = who.ask("POST", "orders", json=basket())["id"]
    await_status(who, order, "CONFIRMED")
    return order


def paid(who):
    order = confirmed(who)
    who.ask("POST", f"orders/{order}/payment")
    pay(order)
    await_status(who, order, "PAID")
    return order


def shipped(who):
    order = paid(who)
    who.call("PUT", f"orders/{order}/shipment", headers=STAFF, json=SHIPPED)
    return order


def pay(order):
    number = order.replace("-", "")
    session.post(f"{WECHAT}/_control/pay/trades/{number}/payment", json={}, timeout=10).raise_for_status()


def await_status(who, order, status):
    for _ in range(200):
        if who.ask("GET", f"orders/{order}")["status"] == status:
            return
        time.sleep(0.05)
    raise AssertionError(f"The order is not {status}")


def with_basket(case):
    case.body = basket()


def with_order(make):
    def prepare(case):
        case.path_parameters = {"id": make(caller(case) or Somebody())}
        case.headers.pop("If-Match", None)

    return prepare


def with_shipment(case):
    with_order(paid)(case)
    case.body = SHIPPED


def with_refund(case):
    with_order(paid)(case)
    case.headers["Idempotency-Key"] = uuid.uuid4().hex
    case.body = {"amount": 100, "reason": "One was broken"}


def with_dead_letter(case):
    letters = Somebody().call("GET", "dead-letters?queue=content.deleted-authors&limit=1", headers=STAFF)["items"]
    if letters:
        case.path_parameters = {"queue": letters[0]["queue"], "eventId": letters[0]["eventId"]}


def with_report(case):
    reports = Somebody().call("GET", "reports/monthly", headers=STAFF)
    case.path_parameters = {"month": reports[0]["month"]}


class Mailbox(http.server.BaseHTTPRequestHandler):
    """Takes a notification of WeChat Pay instead of the server, which the fuzzer brings there then."""

    arrived = queue.Queue()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.arrived.put((self.headers, body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


SIGNATURE = ("Timestamp", "Nonce", "Signature", "Serial")


def notified_at(address):
    session.put(f"{WECHAT}/_control/pay", json={"notifyAt": [address]}, timeout=10).raise_for_status()


def with_notification(case):
    mailbox = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Mailbox)
    threading.Thread(target=mailbox.serve_forever, daemon=True).start()
    who = Somebody()
    order = confirmed(who)
    who.ask("POST", f"orders/{order}/payment")
    try:
        notified_at(f"http://127.0.0.1:{mailbox.server_port}/")
        pay(order)
        headers, body = Mailbox.arrived.get(timeout=20)
    finally:
        notified_at(f"{SERVER}/api/v1/wechat/pay/notifications")
        mailbox.shutdown()
    case.headers.update({f"Wechatpay-{part}": headers[f"Wechatpay-{part}"] for part in SIGNATURE})
    case.body = json.loads(body)
    # What is signed is the text, to the last space.
    return {"data": body}


def with_signature(case):
    """As WeChat signs: the message push of the server is in plain mode."""
    timestamp, nonce = str(int(time.time())), uuid.uuid4().hex
    signature = hashlib.sha1("".join(sorted([PUSH_TOKEN, timestamp, nonce])).encode()).hexdigest()
    case.query = {"signature": signature, "timestamp": timestamp, "nonce": nonce, "echostr": "4375120948345356249"}
    if case.method.upper() == "POST":
        del case.query["echostr"]


KNOWN = {
    "logIn": with_code,
    "refresh": with_refresh_token,
    "bindPhone": with_phone_code,
    "verifyProfile": with_profile,
    "endSession": with_own_session,
    "readContentCheck": with_own_check,
    "checkPushAddress": with_signature,
    "receivePush": with_signature,
    "readUser": with_somebody,
    "deleteUser": with_somebody,
    "revealUser": with_somebody,
    "replaceUserProfile": with_version,
    "readProduct": with_product,
    "readStock": with_product,
    "listStockChanges": with_product,
    "replaceProduct": with_product_and_version,
    "changeStock": with_delivery,
    "placeOrder": with_basket,
    "readOrder": with_order(confirmed),
    "cancelOrder": with_order(confirmed),
    "payOrder": with_order(confirmed),
    "readPayment": with_order(paid),
    "shipOrder": with_shipment,
    "receiveOrder": with_order(shipped),
    "refundOrder": with_refund,
    "receivePayNotification": with_notification,
    "readDeadLetter": with_dead_letter,
    "discardDeadLetter": with_dead_letter,
    "replayDeadLetter": with_dead_letter,
    "readMonthlyReport": with_report,
}


@schemathesis.hook
def after_call(context, case, response):
    with open(ANSWERS, "a", encoding="utf-8") as file:
        print(case.operation.method.upper(), case.operation.path, response.status_code, file=file)


def is_valid(case):
    return case.meta is not None and case.meta.generation.mode.is_positive


@schemathesis.check
def tells_nothing_of_the_inside(ctx, response, case):
    content_type = response.headers.get("content-type", [""])[0]
    if "json" in content_type and case.operation.path != "/openapi.json":
        found = FAULT.search(response.text)
        assert found is None, f"The answer tells of the inside: {found.group()}"


@schemathesis.check
def says_who_answered(ctx, response, case):
    assert response.headers.get("x-request-id"), "X-Request-Id is missing"
