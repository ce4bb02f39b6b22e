/**
 * Has a service worker keep the lab for when there is no network. Where there can be none, as in a private
 * window, the page goes on without.
 */
export async function keepOffline(): Promise<void> {
  // the development server has no built files to keep
  if (!import.meta.url.includes("/assets/") || !("serviceWorker" in navigator)) return;
  try {
    // beside the folder that this script is in
    await navigator.serviceWorker.register(new URL("../sw.js", import.meta.url));
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage("refresh");
  } catch {
    // nothing depends on it
  }
}
