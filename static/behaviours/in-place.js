// On the phone's own pages a link changes the page in place: an old phone takes longer to begin a document than the
// worker takes to make its content. What is not the phone's own page is opened as any other.
const isOwn = (html) => /<body[^>]* data-phone/.test(html)
const here = () => `opened ${location.pathname}${location.search}`

document.addEventListener('htmx:beforeSwap', (event) => {
  const { boosted, xhr, pathInfo } = event.detail
  if (!boosted) return
  if (xhr.status < 400 && isOwn(xhr.responseText)) {
    sessionStorage.setItem(here(), pathInfo.requestPath)
    // Emptied at one stroke: htmx would take leave of each element by itself.
    document.body.textContent = ''
    return
  }
  event.preventDefault()
  location.assign(pathInfo.requestPath)
})

// No answer: the browser says so itself, and its own "try again" works.
document.addEventListener('htmx:sendError', ({ detail: { boosted, pathInfo } }) => boosted && location.assign(pathInfo.requestPath))

// Whoever listens or uses the keyboard begins at the top of the new page, as after any other link.
document.addEventListener('htmx:afterSettle', ({ detail: { boosted, pathInfo } }) => {
  if (!boosted || pathInfo.anchor) return
  const main = document.getElementById('isi')
  if (main) main.focus({ preventScroll: true })
})

// "Back" makes the page anew, and begins again at the link that was followed.
function comeBack() {
  const [entry] = performance.getEntriesByType('navigation')
  const opened = sessionStorage.getItem(here())
  sessionStorage.removeItem(here())
  if (!opened || !entry || entry.type === 'navigate') return
  const link = [...document.querySelectorAll('main a[href]')].find((one) => one.getAttribute('href') === opened)
  if (!link) return
  link.focus()
  // Rows out of sight have only a guessed height until they are drawn.
  const show = () => link.scrollIntoView({ block: 'center' })
  requestAnimationFrame(() => requestAnimationFrame(show))
  show()
}

if (document.body.dataset.phone !== undefined) comeBack()
