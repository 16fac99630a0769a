import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Batch } from '#app/ratification/batches.ts'
import type { ListedRecord, VillageSummary } from '#app/ratification/summary.ts'
import { minutes, nameList } from '#views/ratification/papers.ts'

const paper = suite('the minutes of a batch')

const batch = { title: 'Maret', rootHash: 'ab'.repeat(32), itemCount: 1, letterNumber: '460/1', letterDate: '2026-03-05', signatory: 'Bupati Bantul', frozenAt: '2026-03-04T03:00:00.000Z', preparedAt: '2026-03-04T03:00:00.000Z' } as Batch

function pagesOf(villages: number): string[][] {
  const rows = Array.from({ length: villages }, (_, i) => ({ regionCode: String(i), name: 'Poncosari', households: 2, members: 6, interviewed: 2, notInterviewed: 0 }) as VillageSummary)
  return pagesDrawn(() => minutes({ batch, regencyName: 'Kab. Bantul', villages: rows, proposals: [] }))
}

// Each page with what is drawn on it, in order.
function pagesDrawn(draw: () => unknown): string[][] {
  const pages: string[][] = [[]]
  const pdf = minutes({ batch, regencyName: 'Kab. Bantul', villages: [], proposals: [] })
  const methods = Object.getPrototypeOf(pdf) as Record<'text' | 'addPage', (...given: unknown[]) => unknown>
  const { text, addPage } = methods
  Object.assign(methods, {
    text(this: unknown, said: string, ...more: unknown[]) { pages.at(-1)!.push(said); return text.call(this, said, ...more) },
    addPage(this: unknown, ...more: unknown[]) { pages.push([]); return addPage.call(this, ...more) },
  })
  try {
    draw()
  } finally {
    Object.assign(methods, { text, addPage })
  }
  return pages
}

paper('never have a signature alone on a page, however many desa', () => {
  for (let villages = 20; villages < 45; villages += 1) {
    const signed = pagesOf(villages).find((page) => page.includes('Bupati Bantul'))!
    assert.ok(signed.some((said) => said.startsWith('Akar manifes SHA-256')) && signed.some((said) => said.startsWith('(…')), `${villages} desa`)
  }
})

const names = suite('the list of names of a batch')

names('has the head of its table on every page', () => {
  const records = Array.from({ length: 120 }, (_, i) => ({ position: i + 1, village: 'Poncosari', headName: `Warga ${i}`, headNik: null, address: 'RT 3', members: 4, outcome: 1, recordHash: 'cd'.repeat(32) }) as ListedRecord)
  const pages = pagesDrawn(() => nameList({ batch, regencyName: 'Kab. Bantul', records, changes: [] })).filter((page) => page.some((said) => said.startsWith('Warga')))
  assert.ok(pages.length > 2)
  assert.equal(pages.map((page) => page.filter((said) => said === 'Sidik data').length), pages.map(() => 1))
})

names.run()
paper.run()
