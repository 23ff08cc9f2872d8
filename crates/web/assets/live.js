// An element with an id and data-live="/live?…" is renewed on each message: data-block (or the page)
// is fetched and the element with its id taken out. Focus, opened details and unsent input survive.
// One tab holds the stream for all. A second press on a sent form's button does nothing.
const esc = CSS.escape, all = (el, q) => [...el.querySelectorAll(q)]
const key = el => el.id ? '#' + esc(el.id) : el.name ? `[name="${esc(el.name)}"]`
  : el.href ? `[href="${esc(el.getAttribute('href'))}"]` : 'x'
const dirty = el => el.options ? [...el.options].some(o => o.selected !== o.defaultSelected)
  : el.checked !== el.defaultChecked || el.value !== el.defaultValue

function move(now, fresh) {
  const at = document.activeElement, inside = now.contains(at)
  const { selectionStart: from, selectionEnd: to } = at
  for (const el of all(now, 'input,textarea,select').filter(dirty)) {
    const twin = all(fresh, key(el)).find(t => el.type !== 'radio' || t.value === el.value)
    if (twin) twin.value = el.value, twin.checked = el.checked
  }
  all(now, 'details[id][open]').forEach(el => fresh.querySelector(key(el))?.setAttribute('open', ''))
  now.replaceWith(fresh)
  const el = inside && fresh.querySelector(key(at))
  if (el) {
    el.focus({ preventScroll: true })
    try { el.setSelectionRange(from, to) } catch {}
  }
}

const was = {}, timer = {}
async function renew(id) {
  const url = document.getElementById(id)?.dataset.block || location.href
  const answer = await fetch(url, { headers: { accept: 'text/html' } }).catch(() => 0)
  if (!answer.ok) return
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const fresh = page.getElementById(id), now = document.getElementById(id)
  if (!fresh || !now || was[id] === fresh.outerHTML) return
  was[id] = fresh.outerHTML
  move(now, fresh)
}

const told = () => all(document, '[data-live][id]').forEach(({ id }) => {
  clearTimeout(timer[id])
  timer[id] = setTimeout(renew, 100 + Math.random() * 200, id)
})

function listen(url) {
  const channel = new BroadcastChannel(url), gone = new AbortController()
  channel.onmessage = told
  navigator.locks.request(url, { signal: gone.signal }, () => new Promise(done => {
    const source = new EventSource(url)
    source.onmessage = () => (told(), channel.postMessage(0))
    gone.signal.onabort = () => (source.close(), done())
  })).catch(() => 0)
  addEventListener('pagehide', () => (gone.abort(), channel.close()), { once: true })
}

const begin = () => new Set(all(document, '[data-live]').map(el => el.dataset.live)).forEach(listen)
if (navigator.locks) begin()
addEventListener('pageshow', e => {
  all(document, '[aria-busy]').forEach(el => el.removeAttribute('aria-busy'))
  if (e.persisted) begin(), told()
})
addEventListener('submit', e => {
  if (e.submitter?.ariaBusy) e.preventDefault()
  else e.submitter?.setAttribute('aria-busy', true)
})
