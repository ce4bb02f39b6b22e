/*
 * The lab's service worker: after a first visit the lab works without a network. It also sends the two headers
 * that let a page have threads, which a plain static host does not; a page that it serves from its next visit
 * on is isolated. Nothing is ever reloaded for that.
 */

/** What this file needs of a service worker's surroundings, which the page's types do not know. */
interface ExtendableEvent extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface ServiceWorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: "install" | "activate", listener: (event: ExtendableEvent) => void): void;
  addEventListener(name: "fetch", listener: (event: FetchEvent) => void): void;
  addEventListener(name: "message", listener: (event: ExtendableEvent) => void): void;
}
const scope = globalThis as unknown as ServiceWorkerScope;
const name = "camada-lab";

scope.addEventListener("install", (event) => event.waitUntil(refresh().then(() => scope.skipWaiting())));
scope.addEventListener("activate", (event) => event.waitUntil(scope.clients.claim()));
// a page that has opened asks whether there is anything new
scope.addEventListener("message", (event) => event.waitUntil(refresh()));
scope.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(scope.registration.scope)) {
    event.respondWith(answer(request).then(isolated));
  }
});

/** Files with a hash in their name never change; all others are asked for, and kept for when nobody answers. */
async function answer(request: Request): Promise<Response> {
  const cache = await caches.open(name);
  const kept = () => cache.match(request, { ignoreSearch: true });
  if (new URL(request.url).pathname.includes("/assets/")) return (await kept()) ?? fetch(request);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const found = (await kept()) ?? (await cache.match(`${request.url.split(/[?#]/)[0]}index.html`));
    if (found === undefined) throw error;
    return found;
  }
}

function isolated(response: Response): Response {
  // an answer that may not be looked into cannot be changed either
  if (response.type === "opaque" || response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set("Cross-Origin-Opener-Policy", "same-origin");
  headers.set("Cross-Origin-Embedder-Policy", "require-corp");
  headers.set("Cross-Origin-Resource-Policy", "same-origin");
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

/** Keeps every file that the build has listed, and lets go of those that are not in the list anymore. */
async function refresh(): Promise<void> {
  const { scope: base } = scope.registration;
  const list = (await (await fetch(`${base}offline.json`, { cache: "no-cache" })).json()) as string[];
  const wanted = new Set(list.map((path) => new URL(path, base).href));
  const cache = await caches.open(name);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  await cache.addAll([...wanted].filter((url) => !kept.has(url)));
  for (const url of kept) {
    if (!wanted.has(url) && url.includes("/assets/")) await cache.delete(url);
  }
}
