import { catchUp } from '#app/evidence/following.ts'
import { keepPrints } from '#app/prints/keeping.ts'
import type { Like, Printed } from '#app/prints/printing.ts'
import type { Demo } from '#db/seeds/demo.ts'

type Photo = { visitId: string, kind: string, sha256: string }

// The demo's photos are drawings, the same for every visit, so a real look at them would call each a repetition. They are
// entered as looked at: Dedi shows the house and the roof of his first visit twice more, and one card is blurred.
export async function tellPrints(demo: Demo) {
  const { db, people } = demo
  const photos = db.$client.prepare<[], Photo>(`SELECT vp.visit_id AS visitId, vp.kind, vp.sha256 FROM visit_photos vp JOIN visits v ON v.id = vp.visit_id
    WHERE v.submitted_at IS NOT NULL ORDER BY v.submitted_at, v.id, vp.kind`).all()
  const byDedi = db.$client.prepare<[string], string>('SELECT id FROM visits WHERE officer_id = ? AND submitted_at IS NOT NULL ORDER BY submitted_at').pluck().all(people.petugas3!.id)
  const [first, again, blurred] = [byDedi[0]!, byDedi.slice(-2), byDedi.at(-3)]
  const byVisit = new Map<string, Printed[]>()
  for (const { visitId, kind, sha256 } of photos) {
    const repeated = again.includes(visitId) && ['F-RUMAH', 'F-ATAP'].includes(kind)
    const likes: Like[] = repeated ? [{ visitId: first, kind, distance: 9, exact: false }] : []
    const sharpness = visitId === blurred && kind === 'F-KTP' ? 31 : 88 + sha256.charCodeAt(0) % 12
    const printed: Printed = { kind, sha256, print: null, likes, takenAt: null, latitude: null, longitude: null, sharpness, brightness: 150, dark: 2, bright: 6 }
    byVisit.set(visitId, [...byVisit.get(visitId) ?? [], printed])
  }
  db.$client.transaction(() => { for (const [visitId, printed] of byVisit) keepPrints(db, visitId, printed) })()
  await catchUp(db, () => demo.daysAgo(0).toISOString())
}
