import { ask, askText, each, el, say, store } from "/parts.js";

const SERVER = "miniplane-server";
const id = (name) => document.getElementById(name);
let refresh = () => {};
let login = null;

const appId = () => id("app").value;

function show(name) {
  const dialog = id(`dialog-${name}`);
  fail(dialog, "");
  if (!dialog.open) dialog.showModal();
  return dialog;
}

function fail(dialog, sentence) {
  const error = dialog.querySelector(".error");
  error.textContent = sentence;
  error.hidden = !sentence;
}

/** Does something for a dialog and shows in it why it did not work. */
async function attempt(dialog, action) {
  const buttons = dialog.querySelectorAll("button[type=submit]");
  buttons.forEach((button) => { button.disabled = true; });
  try {
    fail(dialog, "");
    return await action();
  } catch (failure) {
    fail(dialog, failure.message);
    return undefined;
  } finally {
    buttons.forEach((button) => { button.disabled = false; });
    refresh();
  }
}

/** The server is where the callback of the app points, unless the person typed another. */
function server() {
  const push = store.state.apps.find((app) => app.appId === appId())?.push;
  return localStorage.getItem(SERVER) ?? (push ? new URL(push.url).origin : "http://127.0.0.1:8080");
}

function face(name, user, title) {
  id(`${name}-avatar`).src = `/avatars/${user.openId}.svg`;
  id(`${name}-title`).textContent = title;
}

export async function openLogin(user) {
  login = user;
  const dialog = show("login");
  face("login", user, `Log in as ${user.nickname}`);
  id("login-server").value = server();
  id("login-code").textContent = "…";
  await attempt(dialog, async () => {
    const { code } = await ask("POST", "/_control/login-codes", { appId: appId(), openId: user.openId });
    id("login-code").textContent = code;
    id("login-expiry").textContent = `Good until ${new Date(new Date(store.state.now).getTime() + 300000).toLocaleTimeString("en-GB")} by the simulated clock, for ${appId()}.`;
    curl();
  });
}

function curl() {
  const body = JSON.stringify({ code: id("login-code").textContent });
  id("login-curl").textContent = `curl -s ${id("login-server").value.replace(/\/$/, "")}/api/v1/auth/login -H 'Content-Type: application/json' -d '${body}'`;
}

export async function openPhone(user) {
  const dialog = show("phone");
  face("phone", user, `Phone number of ${user.nickname}`);
  id("phone-code").textContent = "…";
  id("phone-data").textContent = "";
  await attempt(dialog, async () => {
    const { code } = await ask("POST", "/_control/phone-codes", { appId: appId(), openId: user.openId });
    id("phone-code").textContent = code;
    await sealed("phone", user);
  });
  id("phone-flaw").onchange = () => attempt(dialog, () => sealed("phone", user));
}

export async function openProfile(user) {
  const dialog = show("profile");
  face("profile", user, `Profile of ${user.nickname}`);
  await attempt(dialog, () => sealed("profile", user));
  id("profile-flaw").onchange = () => attempt(dialog, () => sealed("profile", user));
}

async function sealed(name, user) {
  id(`${name}-data`).textContent = "";
  const data = await ask("POST", `/_control/encrypted-${name}s`, { appId: appId(), openId: user.openId, flaw: id(`${name}-flaw`).value });
  id(`${name}-data`).textContent = JSON.stringify(data, null, 2);
}

export function openCallback(app) {
  const dialog = show("callback");
  dialog.dataset.app = app.appId;
  id("callback-app").textContent = `Where ${app.appId} gets its messages and events.`;
  id("callback-url").value = app.push?.url ?? "";
  id("callback-mode").value = app.push?.mode ?? "Safe";
  id("callback-format").value = app.push?.format ?? "JSON";
  id("callback-deliveries").value = app.push?.deliveries ?? 3;
  id("callback-forget").hidden = !app.push;
}

async function openPush() {
  const dialog = show("push");
  id("push-result").replaceChildren();
  id("push-app").value = appId();
  id("push-user").replaceChildren(...(store.state.users ?? []).map((user) => el("option", { value: user.openId }, `${user.nickname} · ${user.openId}`)));
  await attempt(dialog, async () => {
    if (!id("push-template").options.length) {
      const { templates } = await ask("GET", "/_control/push-templates");
      id("push-template").replaceChildren(...templates.map((name) => el("option", { value: name }, name)));
    }
    await fill();
  });
}

/** Writes the chosen template into the editor as text, because a MsgId has more digits than a number of JavaScript. */
async function fill() {
  const app = store.state.apps.find((known) => known.appId === id("push-app").value);
  id("push-target").textContent = app?.push ? `To ${app.push.url}, ${app.push.mode}, ${app.push.format}.` : "This app has no push callback yet: set it under Apps.";
  const query = new URLSearchParams({ appId: app.appId, openId: id("push-user").value || "oNobody" });
  id("push-message").value = pretty(await askText("GET", `/_control/push-templates/${id("push-template").value}?${query}`));
}

/** Breaks JSON into lines without reading its numbers. */
function pretty(json) {
  let depth = 0;
  return json.replace(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g, (token) => {
    if (token === "{" || token === "[") return `${token}\n${"  ".repeat(++depth)}`;
    if (token === "}" || token === "]") return `\n${"  ".repeat(--depth)}${token}`;
    if (token === ",") return `,\n${"  ".repeat(depth)}`;
    return token === ":" ? ": " : token;
  });
}

function pushBody() {
  const text = id("push-message").value;
  try {
    JSON.parse(text);
  } catch (malformed) {
    throw new Error(`The message is no JSON: ${malformed.message}`);
  }
  const rest = { appId: id("push-app").value, fault: id("push-fault").value, duplicates: number("push-duplicates") ?? 0, verbatim: id("push-verbatim").checked };
  return `${JSON.stringify(rest).slice(0, -1)},"message":${text}}`;
}

function submits(name, action, done) {
  const dialog = id(`dialog-${name}`);
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const result = await attempt(dialog, async () => (await action(dialog)) ?? true);
    if (result && done) { dialog.close(); say(done); }
  });
}

const number = (name) => (id(name).value === "" ? null : Number(id(name).value));
const text = (name) => id(name).value.trim() || null;

function wireForms(deliveryTable) {
  submits("push", async () => {
    id("push-result").replaceChildren(el("p", { class: "quiet" }, "Delivering…"));
    try {
      const push = JSON.parse(await askText("POST", "/_control/pushes", pushBody()));
      const accepted = push.state === "ACCEPTED";
      id("push-result").replaceChildren(el("p", {}, el("span", { class: `chip ${accepted ? "good" : "bad"}` }, accepted ? "accepted" : "given up"), ` after ${push.deliveries.length} ${push.deliveries.length === 1 ? "delivery" : "deliveries"}`), deliveryTable(push));
    } catch (failure) {
      id("push-result").replaceChildren();
      throw failure;
    }
  });
  submits("callback", (dialog) => ask("PUT", `/_control/apps/${dialog.dataset.app}/push`, {
    url: text("callback-url"), token: text("callback-token"), encodingAesKey: text("callback-key"), mode: id("callback-mode").value,
    format: id("callback-format").value, deliveries: number("callback-deliveries"), check: id("callback-check").checked,
  }), "The callback is set.");
  submits("fault", () => ask("POST", "/_control/faults", {
    ...(id("fault-kind").value === "failure" ? { code: id("fault-code").value.slice(4) } : {}),
    path: text("fault-path"), kind: id("fault-kind").value, millis: number("fault-millis"), errcode: number("fault-errcode"),
    status: id("fault-kind").value === "failure" ? Number(id("fault-code").value.slice(0, 3)) : number("fault-status"), afterwards: id("fault-afterwards").checked, times: number("fault-times"),
  }), "The fault waits for calls.");
  submits("tokens", () => ask("POST", "/_control/tokens/expire", { errcode: number("tokens-errcode"), handedOutStill: id("tokens-still").checked }), "All access tokens ended.");
  submits("time", () => ask("POST", "/_control/clock", { advanceSeconds: number("time-seconds") }), "The clock moved on.");
  submits("user", async () => {
    const order = { nickname: text("user-nickname"), phoneNumber: text("user-phone"), openId: text("user-openid"), unionId: text("user-unionid"), highRisk: id("user-risk").checked };
    await ask("POST", "/_control/users", order);
    id("dialog-user").querySelector("form").reset();
  }, "The user is there.");
}

async function copy(name) {
  try {
    await navigator.clipboard.writeText(id(name).textContent);
    say("Copied.");
  } catch {
    getSelection().selectAllChildren(id(name));
    say("Your browser does not let this page copy. The text is selected: copy it by keyboard.");
  }
}

export function wireDialogs(newRefresh, deliveryTable) {
  refresh = newRefresh;
  each("[data-open]", "click", (event) => {
    const name = event.currentTarget.dataset.open;
    if (name === "push") openPush(); else show(name);
  });
  each("[data-close]", "click", (event) => event.currentTarget.closest("dialog").close());
  each("[data-copy]", "click", (event) => copy(event.currentTarget.dataset.copy));
  each("[data-seconds]", "click", (event) => { id("time-seconds").value = event.currentTarget.dataset.seconds; });
  each("#login-again", "click", () => openLogin(login));
  each("#login-server", "input", (event) => { localStorage.setItem(SERVER, event.target.value); curl(); });
  each("#push-app, #push-user, #push-template", "change", () => attempt(id("dialog-push"), fill));
  each("#fault-kind", "change", (event) => id("dialog-fault").querySelectorAll("[data-of]").forEach((part) => { part.hidden = part.dataset.of !== event.target.value; }));
  each("#callback-forget", "click", () => attempt(id("dialog-callback"), async () => {
    await ask("DELETE", `/_control/apps/${id("dialog-callback").dataset.app}/push`);
    id("dialog-callback").close();
    say("The callback is removed.");
  }));
  wireForms(deliveryTable);
}
