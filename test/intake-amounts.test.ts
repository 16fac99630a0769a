import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { intakesDone } from '#app/intake/intake-work.ts'
import { rupiahOf } from '#app/intake/columns.ts'
import { countPlaces, totalOf } from '#app/payments/lists.ts'
import { bring, bringResults, cardOf, confirm, intakeOf, LIST, outcomeOf, paidWorld, paymentOf, registryWorld, recipientsIn, rowsOf } from '#test/support/payments.ts'
import { kkOf, nikOf } from '#test/support/desil.ts'
import { PONCOSARI, rina } from '#test/support/world.ts'

const amounts = suite('an amount in a file')

amounts('is read as whole rupiah, whoever wrote it', () => {
  const READ: [text: string, rupiah: number | undefined][] = [
    ['200000', 200_000], ['200.000', 200_000], ['200,000', 200_000], ['200000.00', 200_000], ['200000,00', 200_000], ['200.000,00', 200_000], ['200,000.00', 200_000], ['Rp200.000', 200_000],
    ['Rp. 200.000,-', 200_000], ["'1.250.000", 1_250_000], ['1,250,000.00', 1_250_000], ['IDR 1 250 000', 1_250_000], ['200000.0000', 200_000], ['0', 0], ['200', 200],
    ['200000.50', undefined], ['1.5', undefined], ['20.00.00', undefined], ['2E+05', undefined], ['(200000)', undefined], ['dua ratus', undefined], ['1.250,000', undefined], ['1234567890123', undefined],
  ]
  for (const [text, rupiah] of READ) assert.is(rupiahOf(text), rupiah, text)
})

amounts('of a list of recipients is kept as it is, or told', async () => {
  const world = registryWorld()
  const line = (serial: number, amount: string) => [cardOf(serial), nikOf(serial), kkOf(serial), `Orang ${serial}`, PONCOSARI, amount]
  const id = await bring(world, [line(1, '200000.00'), line(2, '1.5')], { heading: ['no_kks', 'nik', 'no_kk', 'nama', 'kode_wilayah', 'nominal'] })
  assert.equal(outcomeOf(world.db, id), ['2 new', '3 error nominal'])
  await confirm(world, id)
  assert.equal(recipientsIn(world.db).map(({ data }) => data.listedAmount), [200_000])
})

const answers = suite('a bank’s answer')
const HEADING = ['no_kks', 'nik', 'status', 'nominal']

answers('that paid something else than the list is not taken as paid', async () => {
  const world = await paidWorld()
  const id = await bringResults(world, [[cardOf(1), '', 'Berhasil salur', '150.000'], [cardOf(2), '', 'Berhasil salur', 'Rp600.000,00']], HEADING)
  assert.equal(outcomeOf(world.db, id), ['2 error nominal', '3 changed'])
  assert.match(rowsOf(world.db, id)[0]!.errors[0]!.message, /Rp150\.000, daftar salur Rp600\.000/)
  await confirm(world, id)
  assert.equal([paymentOf(world.db, 'Asep').kind, totalOf(countPlaces(world.db, rina, LIST)).paid], ['waiting', { lines: 1, amount: 600_000 }])
})

answers('names no amount for what failed, and a line of totals is nobody', async () => {
  const world = await paidWorld()
  const id = await bringResults(world, [[cardOf(1), '', 'Gagal salur', '0'], ['', '', '', '600000']], HEADING)
  assert.equal(outcomeOf(world.db, id), ['2 changed', '3 error status'])
})

answers('that is older than what is known takes nothing back that was paid; money that returned is told', async () => {
  const world = await paidWorld()
  await confirm(world, await bringResults(world, [[cardOf(1), '', 'Berhasil salur', '']], HEADING))
  assert.equal(outcomeOf(world.db, await bringResults(world, [[cardOf(1), '', 'SP2D', '']], HEADING)), ['2 error status'])
  const returned = await bringResults(world, [[cardOf(1), '', 'Gagal salur', '']], HEADING)
  assert.match(rowsOf(world.db, returned)[0]!.remark, /Asep sudah tercatat berhasil/)
  assert.match(await (await world.as(rina).get(`/intake/${returned}`)).text(), /sudah tercatat berhasil salur/)
})

answers('is read with a BOM, in Windows-1252, with semicolons and lines of Windows', async () => {
  for (const [name, before, sign] of [['bom', [0xef, 0xbb, 0xbf], ';'], ['1252', [], ','], ['tab', [], '\t']] as const) {
    const world = await paidWorld()
    const text = [HEADING.concat('catatan'), [cardOf(1), '', 'Berhasil salur', '600000', 'Andr\u00e9']].map((cells) => cells.join(sign)).join('\r\n')
    const bytes = new Uint8Array([...before, ...name === 'bom' ? new TextEncoder().encode(text) : Buffer.from(text, 'latin1')])
    const response = await world.as(rina).post(`/payments/lists/${LIST}/results`, { source: 'Laporan BRI', file: new File([bytes], 'hasil.csv') })
    await intakesDone(world.db)
    const id = response.headers.get('Location')!.split('/').at(-1)!
    assert.equal([outcomeOf(world.db, id), rowsOf(world.db, id)[0]!.facts.note, intakeOf(world.db, id).status], [['2 changed'], 'André', 'previewed'], name)
  }
})

amounts.run()
answers.run()
