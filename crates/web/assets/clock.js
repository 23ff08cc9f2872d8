// Counts down each <time data-deadline> by the server's clock: data-now says when it was rendered.
const nav = performance.getEntriesByType('navigation')[0]
// A page out of the history is older than it looks; then this machine's clock is the better one.
const old = nav?.type === 'back_forward'
let seen = performance.timeOrigin + (nav?.responseStart || 0)
const two = n => String(Math.floor(n)).padStart(2, '0')
function tick() {
  for (const el of document.querySelectorAll('time[data-deadline]')) {
    const { deadline, now, over } = el.dataset
    el.ahead ??= old ? 0 : seen - Date.parse(now) || 0
    const left = Math.ceil((Date.parse(deadline) - Date.now() + el.ahead) / 1000)
    const text = left > 0 ? [left / 3600, left / 60 % 60, left % 60].map(two).join(':') : over
    if (el.textContent !== text) el.textContent = text
    el.toggleAttribute('data-soon', left > 0 && left <= 600)
  }
  seen = Date.now()
  setTimeout(tick, 1000 - seen % 1000)
}
tick()
