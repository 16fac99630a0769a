// Says while the officer still stands in the house that a photo is blurred, dark or small. The photo is kept all the same:
// one may go on with it, and whoever checks sees the same remark, measured anew on the server.
import { faultsOf, faultWords, isDocument } from '#app/prints/advice.ts'
import { MEASURED_LONGEST, measureLook } from '#app/prints/sharpness.ts'
import { draw } from './photo-shrink.js'

const ADVICE = '[data-photo-advice]'

export function advise(box, input, { canvas, width, height }) {
  withdraw(box)
  const faults = faultsOf(input.name, { ...measureLook(greyOf(canvas)), width, height })
  if (faults.length === 0) return
  const name = box.querySelector('label').firstChild.textContent.trim()
  const worth = isDocument(input.name) && faults.includes('blurred') ? ' Tulisannya harus terbaca.' : ''
  box.querySelector('[data-photo-state]').after(panel(`${name} ${faultWords(faults)}.${worth} Ambil lagi sebelum meninggalkan rumah.`))
}

export function withdraw(box) {
  const former = box.querySelector(ADVICE)
  if (former) former.remove()
}

function panel(words) {
  const notice = document.createElement('div')
  notice.className = 'notice warn'
  notice.dataset.photoAdvice = ''
  notice.setAttribute('role', 'alert')
  const said = document.createElement('p')
  said.textContent = words
  const buttons = document.createElement('p')
  buttons.className = 'photo-choice'
  buttons.append(button('Ambil lagi', 'button', 'again'), ' ', button('Pakai foto ini', 'button secondary', 'keep'))
  notice.append(said, buttons)
  return notice
}

function button(words, look, act) {
  const made = document.createElement('button')
  made.type = 'button'
  made.className = look
  made.textContent = words
  made.dataset.photoAct = act
  return made
}

document.addEventListener('click', ({ target }) => {
  const act = target.dataset && target.dataset.photoAct
  if (!act) return
  const box = target.closest('[data-photo]')
  const input = box.querySelector('input[type=file]')
  if (act === 'again') return input.click()
  withdraw(box)
  input.focus()
})

// A small canvas: old phones have little memory.
function greyOf(source) {
  const canvas = draw(source, source, MEASURED_LONGEST)
  const { width, height } = canvas
  const { data: colours } = canvas.getContext('2d').getImageData(0, 0, width, height)
  const data = new Uint8Array(width * height)
  for (let at = 0; at < data.length; at += 1) data[at] = (77 * colours[at * 4] + 150 * colours[at * 4 + 1] + 29 * colours[at * 4 + 2]) >> 8
  // What lies on the graphics side is given back at once, not when somebody tidies up.
  canvas.width = 0
  return { width, height, data }
}
