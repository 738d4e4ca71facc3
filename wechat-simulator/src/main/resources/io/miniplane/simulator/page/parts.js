/** What the page knows: the last state and when it came. */
export const store = { state: null, at: 0 };

/** Makes an element; texts become text nodes, so nothing that users type is read as HTML. */
export function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined && value !== "") element.setAttribute(key, value);
    else if (key === "value") element.value = value ?? "";
  }
  element.append(...children.filter((child) => child !== null && child !== undefined).map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

/** Calls the simulator with a text; a refusal becomes an error with its sentence. */
export async function askText(method, path, body) {
  let response;
  try {
    response = await fetch(path, { method, body, headers: { "Content-Type": "application/json" } });
  } catch {
    throw new Error("The simulator does not answer.");
  }
  const answer = await response.text();
  if (!response.ok) throw new Error(JSON.parse(answer).error ?? `The simulator answered ${response.status}.`);
  return answer;
}

/** Calls the simulator with a value and reads the answer. */
export async function ask(method, path, body) {
  return JSON.parse(await askText(method, path, body === undefined ? undefined : JSON.stringify(body)));
}

export function each(selector, event, action) {
  document.querySelectorAll(selector).forEach((element) => element.addEventListener(event, action));
}

export function localTime(instant) {
  return new Date(instant).toLocaleTimeString("en-GB");
}

let fading;
/** Says something at the bottom of the page for a moment. */
export function say(sentence, bad) {
  const toast = document.getElementById("toast");
  toast.textContent = sentence;
  toast.classList.toggle("bad", Boolean(bad));
  toast.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { toast.hidden = true; }, bad ? 6000 : 2500);
}
