"""Lets the fuzzer come as somebody: every call has a user of its own, so that no call spoils the next by logging out or deleting the account."""

import itertools
import os
import re

import requests
import schemathesis

SERVER = os.environ["FUZZ_SERVER"]
WECHAT = os.environ["FUZZ_WECHAT"]
APP_ID = os.environ["FUZZ_APP_ID"]
ANSWERS = os.environ["FUZZ_ANSWERS"]

# What must not stand in an answer, whatever it was that went wrong.
FAULT = re.compile(r"Exception|\bat [a-z]+\.[\w.$]+\(|\.java:\d+|SELECT |INSERT |UPDATE |io\.miniplane|org\.springframework", re.ASCII)

session = requests.Session()
turns = itertools.count()


def login_code():
    return session.post(f"{WECHAT}/_control/login-codes", json={"appId": APP_ID}, timeout=10).json()["code"]


def log_in():
    answer = session.post(f"{SERVER}/api/v1/auth/login", json={"code": login_code()}, timeout=10)
    answer.raise_for_status()
    return answer.json()["data"]


@schemathesis.auth(refresh_interval=None)
class FreshUser:
    def get(self, case, context):
        return log_in()["token"]

    def set(self, case, data, context):
        case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def before_call(context, case, kwargs):
    """Now and then a code or token that works, or the caller only ever sees refusals."""
    known = {"logIn": lambda: {"code": login_code()}, "refresh": lambda: {"refreshToken": log_in()["refreshToken"]}}
    operation = case.operation.definition.raw.get("operationId")
    if operation in known and is_valid(case) and next(turns) % 2 == 0:
        case.body = known[operation]()


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
