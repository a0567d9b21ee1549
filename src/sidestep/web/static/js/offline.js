// Keeps the daily pages for reading without a network, and sends once what was told meanwhile.
const { root, who } = document.documentElement.dataset;
const bar = document.getElementById("offline");
const isFromBefore = "fromBefore" in document.documentElement.dataset;

const opened = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open("sidestep", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: "key" });
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});
async function waiting(mode, work) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const turn = database.transaction("waiting", mode), asked = work(turn.objectStore("waiting"));
      turn.oncomplete = () => resolve(asked?.result);
      turn.onerror = turn.onabort = () => reject(turn.error);
    });
  } finally { database.close(); }
}
const mine = async () => (await waiting("readonly", (store) => store.getAll())).filter((each) => each.who === who && each.root === root).sort((a, b) => a.at - b.at);

function say(words, link) {
  if (!bar) return;
  bar.textContent = words;
  if (link) bar.append(" ", Object.assign(document.createElement("a"), { href: link.href, textContent: link.words }));
  bar.hidden = false;
}

// What hurt too much in the player waits here without a network: it is said at once all the same.
async function sayWhatHurt(parts) {
  const told = parts.length ? await mine() : [];
  for (const part of parts) {
    const last = told.findLast((each) => each.url === part.dataset.hurts);
    const pain = last && new URLSearchParams(last.body).get("pain");
    if (!pain || Number(pain) <= Number(part.dataset.most)) continue;
    part.querySelector("[data-pain]").textContent = pain;
    part.hidden = part.closest("section").hidden = false;
  }
}

let sending = null;
const send = () => (sending ??= sendAll().finally(() => { sending = null; }));
async function sendAll() {
  let sent = 0;
  for (const each of await mine()) {
    if (each.isRefused) { say(bar.dataset.refused, { href: `${root}/check-in`, words: bar.dataset.again }); await waiting("readwrite", (store) => store.delete(each.key)); continue; }
    let answer;
    try { answer = await fetch(each.url, { method: "POST", body: new URLSearchParams(each.body) }); } catch { say(bar.dataset.waiting); return; }
    const ended = new URL(answer.url).pathname.slice(root.length);
    if (ended === "/sign-in" || answer.status >= 500) { say(bar.dataset.waiting); return; }
    if (answer.ok) await waiting("readwrite", (store) => store.delete(each.key));
    else await waiting("readwrite", (store) => store.put({ ...each, isRefused: true }));
    if (ended.startsWith("/check-in/signs")) { location.assign(answer.url); return; }
    sent += answer.ok;
  }
  if (sent) say(bar.dataset.sent);
}

function queue(form) {
  const day = form.elements.day, key = form.elements.key;
  if (isFromBefore && crypto.randomUUID) {
    key.value = crypto.randomUUID();
    const now = new Date(), today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
    if (day && form.dataset.today && day.value !== today) {
      // A page kept yesterday is used today: what is told is of today.
      day.value = today;
      const told = form.querySelector(".told-for");
      told.append(" ", new Intl.DateTimeFormat(document.documentElement.lang.replace(/^en$/, "en-GB"), { dateStyle: "full" }).format(now));
      told.hidden = false;
      form.classList.add("is-stale");
    }
  }
  let isPlain = false;
  form.addEventListener("submit", async (event) => {
    if (isPlain) return;
    event.preventDefault();
    const { submitter } = event, body = new URLSearchParams(new FormData(form, submitter)).toString();
    const url = form.getAttribute("action");
    try {
      const answer = await fetch(url, { method: "POST", body: new URLSearchParams(body) });
      if (answer.ok) { location.assign(answer.url); return; }
      isPlain = true;
      form.requestSubmit(submitter);
    } catch {
      await waiting("readwrite", (store) => store.put({ key: key.value, url, body, who, root, at: Date.now() }));
      key.value = crypto.randomUUID();
      const notice = form.querySelector(".later");
      if (!notice) { location.assign(form.dataset.next); return; }
      const isNew = new URLSearchParams(body).get("new_signs") === "yes";
      notice.textContent = isNew ? form.dataset.laterNew : form.dataset.later;
      notice.classList.toggle("warn", isNew);
      notice.hidden = false;
      notice.scrollIntoView({ block: "center" });
    }
  });
}

if (who && "indexedDB" in window) {
  for (const form of document.querySelectorAll("form[data-queued]")) queue(form);
  sayWhatHurt(document.querySelectorAll("[data-hurts]"));
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    let isReady = false;
    form.addEventListener("submit", async (event) => {
      if (isReady) return;
      event.preventDefault();
      localStorage.removeItem("sidestep.play");
      await send();
      isReady = true;
      const database = await opened();
      const turn = database.transaction("waiting", "readwrite");
      if (navigator.onLine) turn.objectStore("waiting").clear();
      turn.oncomplete = () => { database.close(); form.requestSubmit(); };
    });
  }
  addEventListener("online", send);
  if (!isFromBefore || navigator.onLine) send();
}
if (who && "serviceWorker" in navigator) {
  navigator.serviceWorker.register(`${root}/worker.js`, { scope: `${root}/` }).then(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (!isFromBefore) active.postMessage({ type: "keep" });
  }).catch(() => {});
}
