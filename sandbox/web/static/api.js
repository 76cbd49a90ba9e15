// Talks to the control API of the sandbox; no other address is ever called.

/** → the JSON answer; a network fault or an error status becomes {ok: false, error, shown}. */
export async function call(path, body, method) {
  try {
    const options = body === undefined ? { method: method || "GET" } : {
      method: method || "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
    };
    const answer = await fetch(`/_/${path}`, options);
    const found = await answer.json();
    if (answer.ok || typeof found.ok === "boolean") return found;
    return { ok: false, error: found.error || `http_${answer.status}`, shown: found.shown };
  } catch (problem) {
    return { ok: false, error: "unreachable", shown: "unreachable", detail: String(problem) };
  }
}

/** Calls `tell(change)` whenever something this person can see has changed. → a function that stops it. */
export function stream(person, tell) {
  const source = new EventSource(`/_/stream?as=${encodeURIComponent(person)}`);
  source.onmessage = (event) => {
    let change = {};
    try { change = JSON.parse(event.data); } catch { /* a bare ping is a change of nothing in particular */ }
    tell(change);
  };
  source.onopen = () => tell({ changed: ["all"] });
  return () => source.close();
}

/** Runs `work` at most once at a time; asked again meanwhile, once more afterwards. */
export function oneAtATime(work) {
  let running = false;
  let again = false;
  return async function ask() {
    if (running) { again = true; return; }
    running = true;
    try { await work(); } finally {
      running = false;
      if (again) { again = false; ask(); }
    }
  };
}
