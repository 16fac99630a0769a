import { createHash } from 'node:crypto'
import type { Page } from 'playwright-core'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import { makeJpeg } from '#test/support/jpeg.ts'
import { PLACE } from '#test/support/phone.ts'

export type Taken = { kind: string, bytes: Buffer, sha256: string }
// The phone makes a visit's number; here the test does, so that it knows it even of a visit broken off.
export type Errand = { householdId: string, visitId: string, outcome: number, photos: Taken[], activeMs?: number, isSent?: boolean }
// What the page said at the end.
export type Told = { safe: boolean, words: string }

export const OUTCOME = { finished: 1, notFound: 2 } as const
const KINDS = PHOTO_KINDS.map(({ code }) => code)

// A photo nobody has taken before: `mark` goes into the comment of one and the same picture.
export function takePhoto(kind: string, mark: string, bytes?: number): Taken {
  const base = makeJpeg({ width: 160, height: 120, seed: 3, bytes })
  const comment = Buffer.from(mark)
  const photo = Buffer.concat([base.subarray(0, 2), Buffer.from([0xff, 0xfe, 0, comment.length + 2]), comment, base.subarray(2)])
  return { kind, bytes: photo, sha256: createHash('sha256').update(photo).digest('hex') }
}

export const ninePhotos = (mark: string, bytes?: number) => KINDS.map((kind) => takePhoto(kind, `${mark} ${kind}`, bytes))

// A whole visit through the very forms of the pages, posted by script instead of by finger. Begins where an earlier try
// was broken off; throws where a person would see an error.
export const visitQuickly = (page: Page, { photos, ...errand }: Errand): Promise<Told> =>
  page.evaluate(walk, { ...errand, place: PLACE, photos: photos.map(({ kind, bytes }) => ({ kind, base64: bytes.toString('base64') })) })

type Walk = Omit<Errand, 'photos'> & { place: typeof PLACE, photos: { kind: string, base64: string }[] }

// Runs in the browser. Where a post only sends on to a page nobody reads here, the page is not made.
async function walk({ householdId, visitId, outcome, place, photos, activeMs = 420_000, isSent = true }: Walk): Promise<Told> {
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(path, { ...init, headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(5_000) })
    if (answer.type === 'opaqueredirect') return document
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${page.querySelector('main')?.textContent}`)
    return page
  }
  const post = (page: Document, action: RegExp, fields: Record<string, string | File>) => {
    const form = [...page.forms].find((one) => action.test(one.getAttribute('action') ?? ''))
    if (!form) throw new Error(`No form for ${action}: ${page.querySelector('main')?.textContent}`)
    const data = new FormData(form)
    for (const [name, value] of Object.entries(fields)) data.set(name, value)
    const body = form.enctype === 'multipart/form-data' ? data : new URLSearchParams([...data] as [string, string][])
    return ask(form.getAttribute('action')!, { method: 'POST', body, redirect: 'manual' })
  }
  const file = ({ kind, base64 }: { kind: string, base64: string }) =>
    new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], `${kind}.jpg`, { type: 'image/jpeg' })
  const told = (page: Document): Told => {
    const words = page.querySelector('main')!.textContent!
    return { words, safe: /tersimpan di HP dan menunggu dikirim|sampai di server|diterima server|sudah dikirim/.test(words) }
  }

  const base = `/field/${householdId}/visits/${visitId}`
  const task = await ask(`/field/${householdId}`)
  const begun = task.querySelector('main a[href*="/visits/"]') !== null
  if (!begun && ![...task.forms].some((form) => form.action.endsWith('/visits'))) return told(task)
  if (!begun) await post(task, /\/visits$/, { id: visitId })
  await post(await ask(`${base}/respondent`), /\/respondent$/, { 'household.hasilVerivali': String(outcome), next: 'on', activeMs: String(activeMs) })
  const evidence = await ask(`${base}/photos`)
  await post(evidence, /\/location$/, {
    latitude: String(place.latitude), longitude: String(place.longitude), accuracy: String(place.accuracy), locatedAt: new Date().toISOString(),
  })
  await post(evidence, /\/photos$/, Object.fromEntries(photos.map((photo) => [photo.kind, file(photo)])))
  if (isSent) await ask(`${base}/submission`, { method: 'POST', redirect: 'manual' })
  return told(await ask(`/field/${householdId}`))
}
