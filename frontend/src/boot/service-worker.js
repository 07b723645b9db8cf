/*
 * Keeps the site's shell and the pages of one's tickets on the device, so that a ticket opens without a network.
 * Nothing private is ever in its cache: no answer of the API, no picture, no page with somebody's head.
 *
 * Each build has a cache of its own, filled whole or not at all, and dropped once the next one has taken over.
 * The next one waits until every tab of this one is closed, so a tab never meets files of two builds.
 */
const VERSION = "__VERSION__"
const ENTRY = "__ENTRY__"
const FILES = ["__FILES__"]
/** What an organizer's door needs besides; kept on devices that have asked for it. */
const DOOR = ["__DOOR__"]
const DOOR_MARK = "/kept-for-a-door"
const PREFIX = "delux-shell-"
const SHELL = "/index.html"
/** A network that is there but answers nothing is worse than none: after this long the kept shell is shown. */
const PATIENCE = 5000

self.addEventListener("install", (event) => event.waitUntil(keep()))
self.addEventListener("activate", (event) => event.waitUntil(dropOthers()))
self.addEventListener("fetch", (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== "GET" || url.origin !== self.location.origin) return
  if (request.mode === "navigate" && /^\/(tickets|crm\/check-in)(\/|$)/.test(url.pathname)) event.respondWith(page(request))
  else if (FILES.includes(url.pathname) || DOOR.includes(url.pathname)) event.respondWith(file(request))
})
self.addEventListener("message", (event) => {
  if (event.data === "keep-door") event.waitUntil(keepDoor())
})

async function keep() {
  const shell = await fetch(SHELL, { cache: "no-store" })
  // A newer build may be served by now; its own worker will keep it.
  if (!shell.ok || !(await shell.clone().text()).includes(ENTRY)) throw new Error("The shell is of another build")
  const atDoor = await caches.match(DOOR_MARK)
  const cache = await caches.open(PREFIX + VERSION)
  await cache.addAll(FILES)
  await cache.put(SHELL, shell)
  if (atDoor) await keepDoor()
}

async function keepDoor() {
  const cache = await caches.open(PREFIX + VERSION)
  if (await cache.match(DOOR_MARK)) return
  await cache.addAll(DOOR)
  await cache.put(DOOR_MARK, new Response(""))
}

async function dropOthers() {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + VERSION).map((name) => caches.delete(name)))
}

async function page(request) {
  const cache = await caches.open(PREFIX + VERSION)
  const kept = await cache.match(SHELL)
  if (!kept) return fetch(request)
  const late = new Promise((resolve) => setTimeout(() => resolve(kept), PATIENCE))
  return Promise.race([fetch(request).catch(() => kept), late])
}

async function file(request) {
  const cache = await caches.open(PREFIX + VERSION)
  return (await cache.match(request.url)) ?? fetch(request)
}
