// The service worker keeps one whole build for when there is no network. The build writes a line above this one with
// `build`, its own name, and `files`, the hash of each of its files.
/* global build, files */

// Caches belong to the whole host, which may have this site under other paths too. No path has a space in it.
// Erase everything knows the page's own ones by this prefix (bridge/store_js.go).
const prefix = `oneshot-${new URL(self.registration.scope).pathname} `;
const cacheName = prefix + build;

// fetched gets a file from the site. What is cut short, redirected, an error or other than what was built is refused:
// integrity compares every byte. The page is asked for as the folder: some hosts redirect its own name to that.
async function fetched(name) {
  const response = await fetch(name === "index.html" ? "./" : name, { integrity: files[name], cache: "no-cache", redirect: "error", credentials: "same-origin" });
  if (response.status !== 200 || response.type !== "basic") throw new Error(`${name}: the server answered ${response.status}`);
  return response;
}

// keep keeps this build, whole or not at all. One that was here before, to which the site has gone back, may still serve.
async function keep() {
  const serves = await caches.has(cacheName);
  const cache = await caches.open(cacheName);
  try {
    await Promise.all(Object.keys(files).map(async (name) => cache.put(name, await fetched(name))));
  } catch (err) {
    if (!serves) await caches.delete(cacheName);
    throw err;
  }
}

// keepAgain keeps it once more, once for all files that are missed together.
let keeping;
function keepAgain() {
  keeping ??= keep().catch(() => {}).finally(() => { keeping = undefined; });
  return keeping;
}

self.addEventListener("install", (event) => event.waitUntil(keep()));

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
    await Promise.all(old.map((name) => caches.delete(name)));
  })());
});

// The loader says it before anything of a page is loaded, so that no page ever mixes two builds.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const scope = new URL(self.registration.scope);
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  const name = url.pathname.slice(scope.pathname.length) || "index.html";
  if (!Object.hasOwn(files, name)) return;
  event.respondWith((async () => {
    const kept = await caches.match(name, { cacheName }).catch(() => {}); // the disk may be at fault
    if (!kept) event.waitUntil(keepAgain()); // somebody has emptied the cache
    return kept ?? fetch(event.request);
  })());
});
