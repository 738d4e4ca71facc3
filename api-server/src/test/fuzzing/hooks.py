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
    """Every other time a code, token or id that works, or the caller only ever sees refusals."""
    prepare = KNOWN.get(case.operation.definition.raw.get("operationId"))
    if prepare is not None and is_valid(case) and next(turns) % 2 == 0:
        prepare(case)


def with_code(case):
    case.body = {"code": login_code()}


def with_refresh_token(case):
    case.body = {"refreshToken": log_in()["refreshToken"]}


def with_own_check(case):
    token = case.headers.get("Authorization")
    if token is not None:
        picture = {"type": "image", "url": "https://cdn.example.com/tea.jpg", "scene": "forum"}
        answer = session.post(f"{SERVER}/api/v1/content-checks", json=picture, headers={"Authorization": token}, timeout=10)
        if answer.status_code == 201:
            case.path_parameters = {"id": answer.json()["data"]["id"]}


KNOWN = {"logIn": with_code, "refresh": with_refresh_token, "readContentCheck": with_own_check}


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
