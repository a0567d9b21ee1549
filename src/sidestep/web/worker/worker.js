// Keeps the pages of the daily loop for reading without a network. The server puts SETTINGS before this.
const FILES = `sidestep-files-${SETTINGS.version}`, PAGES = `sidestep-pages${SETTINGS.root}`;
const OFFLINE = `${SETTINGS.root}/offline`, SIGN_IN = `${SETTINGS.root}/sign-in`, SIGN_OUT = `${SETTINGS.root}/sign-out`;
const MARK = `${SETTINGS.root}/offline/mark`;
const KEPT = new RegExp(`^${SETTINGS.root}/(today|week|check-in|more|play)(/|$)`);
const PATIENCE_MS = 5000;
// Grows with every sign-out: what was asked for before it is not kept after it.
let departures = 0;

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => { if (event.data?.type === "keep") event.waitUntil(keepAll()); });
addEventListener("fetch", (event) => {
  const { request } = event, url = new URL(request.url);
  if (url.origin !== location.origin || !url.pathname.startsWith(`${SETTINGS.root}/`)) return;
  const path = url.pathname.slice(SETTINGS.root.length);
  if (request.method === "POST" && url.pathname === SIGN_OUT) event.respondWith(signOut(request));
  else if (request.method !== "GET") return;
  else if (path.startsWith("/static/") || path.startsWith("/drawings/")) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(event, url));
});

async function install() {
  const files = await caches.open(FILES);
  await files.addAll([...SETTINGS.files, OFFLINE]);
  await skipWaiting();
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith("sidestep-files-") && name !== FILES);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

async function file(request) {
  const kept = await caches.match(request);
  return kept ?? fetch(request);
}

async function page(event, url) {
  if (url.pathname === SIGN_IN) event.waitUntil(caches.delete(PAGES));
  if (!KEPT.test(url.pathname)) return fetch(event.request).catch(() => caches.match(OFFLINE));
  const pages = await caches.open(PAGES), kept = await pages.match(url.pathname + url.search), stay = departures;
  const fresh = fetch(event.request).then((response) => {
    if (stay === departures && response.ok && response.type === "basic" && !response.redirected && !url.search) event.waitUntil(pages.put(url.pathname, response.clone()));
    return response;
  });
  // A day that was not kept is not shown as another one.
  const other = url.pathname.endsWith("/check-in") && url.search ? undefined : await pages.match(url.pathname);
  if (!kept) return fresh.catch(() => fromBefore(other));
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const first = await Promise.race([fresh.catch(() => null), late]);
  return first ?? fromBefore(kept);
}

// What is shown from before says so: the page has the words, and shows them when it is marked.
async function fromBefore(kept) {
  if (!kept) return caches.match(OFFLINE);
  const html = (await kept.text()).replace("<html ", "<html data-from-before ");
  return new Response(html, { status: 200, headers: kept.headers });
}

async function keepAll() {
  const stay = departures;
  const answer = await fetch(`${SETTINGS.root}/offline/list`, { redirect: "manual" });
  if (!answer.ok) return;
  const list = await answer.json(), pages = await caches.open(PAGES);
  const before = await pages.match(MARK);
  if (before && (await before.text()) === list.mark) return;
  // All of it first: what was kept before stays until the whole of it is here.
  const fetched = [];
  for (const path of list.pages) fetched.push([path, await fetch(path, { redirect: "manual" })]);
  const files = await caches.open(FILES);
  for (const path of list.files) if (!(await files.match(path))) await files.add(path);
  if (stay !== departures) return;
  await caches.delete(PAGES);
  const anew = await caches.open(PAGES);
  for (const [path, response] of fetched) if (response.ok) await anew.put(path, response);
  await anew.put(MARK, new Response(list.mark));
  if (stay !== departures) await caches.delete(PAGES);
}

async function signOut(request) {
  departures += 1;
  try {
    const response = await fetch(request);
    await Promise.all((await caches.keys()).filter((name) => name.startsWith(PAGES)).map((name) => caches.delete(name)));
    return response;
  } catch {
    return (await caches.match(OFFLINE)) ?? Response.error();
  }
}
