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
        answer = session.post(f"{SERVER}/api/v1/auth/login", json={"code": login["code"]}, timeout=10)
        answer.raise_for_status()
        self.tokens = answer.json()["data"]
        PEOPLE[self.tokens["token"]] = self


@schemathesis.auth(refresh_interval=None)
class FreshUser:
    def get(self, case, context):
        return Somebody().tokens["token"]

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
        token = {"Authorization": f"Bearer {who.tokens['token']}"}
        sessions = session.get(f"{SERVER}/api/v1/users/me/sessions", headers=token, timeout=10).json()
        case.path_parameters = {"id": sessions["data"][0]["id"]}


def with_own_check(case):
    if who := caller(case):
        token = {"Authorization": f"Bearer {who.tokens['token']}"}
        picture = {"type": "image", "url": "https://cdn.example.com/tea.jpg", "scene": "forum"}
        check = session.post(f"{SERVER}/api/v1/content-checks", json=picture, headers=token, timeout=10).json()
        case.path_parameters = {"id": check["data"]["id"]}


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
