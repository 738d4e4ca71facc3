"""Lets the fuzzer come as somebody: every call has a user of its own, so that no call spoils the next by logging out or deleting the account."""

import hashlib
import itertools
import os
import re
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
        prepare(case)


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
    staff = {"Authorization": f"Bearer {STAFF_TOKEN}"}
    version = who.call("GET", f"users/{who.tokens['userId']}", headers=staff)["version"]
    case.path_parameters = {"id": who.tokens["userId"]}
    case.headers["If-Match"] = f'"{version}"'


def new_product():
    staff = {"Authorization": f"Bearer {STAFF_TOKEN}"}
    return Somebody().call("POST", "products", headers=staff, json={"name": "Tea", "price": 1900, "published": True})


def with_product(case):
    case.path_parameters = {"id": new_product()["productId"]}


def with_product_and_version(case):
    product = new_product()
    case.path_parameters = {"id": product["productId"]}
    case.headers["If-Match"] = f'"{product["version"]}"'


def with_delivery(case):
    with_product(case)
    case.body = {"delta": 5, "reason": "Delivery"}


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
