import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Layout } from '#views/layout.tsx'
import { ProblemPage, ProblemPanel } from '#views/problem.tsx'
import { placeLines } from '#views/ui/document.tsx'
import { assetUrl, setAssets } from '#views/ui/assets.ts'
import { CheckboxGroup, fieldId, NumberField, RadioGroup, SelectField, TextField } from '#views/ui/field.tsx'
import * as format from '#views/ui/format.ts'
import { Pager } from '#views/ui/pager.tsx'
import { Cell } from '#views/ui/table.tsx'
import { StackedBars } from '#views/ui/chart.tsx'

const formats = suite('words and numbers')

formats('hide the ten digits of a NIK that tell district, birth date and sex', () => {
  assert.is(format.maskNik('3402014101850001'), '34**********0001')
  assert.is(format.maskKk('3402014101850001').length, 16)
  assert.is(format.maskNik(''), '–')
  assert.is(format.maskNik('1234'), '****')
})

formats('write a moment in the zone of the region, across midnight', () => {
  assert.is(format.formatDateTime('2026-11-24T09:30:00.000Z'), '24 November 2026, 16.30 WIB')
  assert.is(format.formatDateTime('2026-11-24T16:30:00.000Z', 9), '25 November 2026, 01.30 WIT')
})

formats('leave a plain date on its own day', () => {
  assert.is(format.formatDate('1985-01-01', 9), '1 Januari 1985')
  assert.is(format.formatShortDate('2026-08-17'), '17 Agu 2026')
  assert.is(format.formatDate('bukan tanggal'), '–')
})

formats('say an age in words', () => {
  const now = '2026-11-24T09:30:00.000Z'
  assert.is(format.formatAge('2026-11-24T09:29:40.000Z', now), 'baru saja')
  assert.is(format.formatAge('2026-11-24T06:00:00.000Z', now), '3 jam lalu')
  assert.is(format.formatAge('2026-11-18T09:30:00.000Z', now), '6 hari lalu')
  assert.is(format.formatAge('2024-11-18T09:30:00.000Z', now), '2 tahun lalu')
})

formats('group thousands by points and write fractions with a comma', () => {
  assert.is(format.formatNumber(1234567), '1.234.567')
  assert.is(format.formatRupiah(1250000), 'Rp1.250.000')
  assert.is(format.formatDistance(1230), '1,2 km')
  assert.is(format.formatAccuracy(12.4), '±12 m')
  assert.is(format.formatCoordinate(-7.829712, 110.358621), '7,82971° LS, 110,35862° BT')
})

formats('never call an unfinished queue complete', () => {
  assert.is(format.formatPercent(999, 1000), '99%')
  assert.is(format.formatPercent(1000, 1000), '100%')
  assert.is(format.formatPercent(0, 0), '–')
})

formats('count an interview in minutes', () => {
  assert.is(format.formatDuration(45_000), '45 detik')
  assert.is(format.formatDuration(23 * 60_000), '23 menit')
  assert.is(format.formatDuration(75 * 60_000), '1 jam 15 menit')
})

const fields = suite('a field')

fields('ties its label, hint and error to the control', () => {
  const html = String(<TextField name="members.2.nik" label="NIK" hint="16 angka" error="NIK harus 16 angka." required />)
  assert.is(fieldId('members.2.nik'), 'f-members-2-nik')
  assert.match(html, /<label for="f-members-2-nik">NIK<\/label>/)
  assert.match(html, /<input [^>]*aria-describedby="f-members-2-nik-hint f-members-2-nik-error" aria-invalid="true"/)
  assert.match(html, /<input [^>]*required=""/)
  assert.match(html, /id="f-members-2-nik-hint"/)
  assert.match(html, /id="f-members-2-nik-error"/)
  assert.match(html, /name="members.2.nik"/)
})

fields('says so when it may stay empty, and shows zero as zero', () => {
  const html = String(<NumberField name="cattle" label="Sapi" value={0} />)
  assert.match(html, /boleh kosong/)
  assert.match(html, /value="0"/)
})

fields('chooses the option that was answered, whether number, text or yes/no', () => {
  const yes = [{ value: 'true', label: 'Ya' }, { value: 'false', label: 'Tidak' }]
  assert.match(String(<RadioGroup name="car" label="Mobil" options={yes} value={false} />), /value="false" checked/)
  assert.match(String(<SelectField name="s" label="S" options={[{ value: 2, label: 'Dua' }]} value={2} />), /value="2" selected/)
  assert.not.match(String(<RadioGroup name="car" label="Mobil" options={yes} value={null} />), /checked/)
})

fields('marks every chosen box', () => {
  const html = String(<CheckboxGroup name="docs" label="Kartu" values={[1, 4]} options={[1, 2, 4].map((value) => ({ value, label: `K${value}` }))} />)
  assert.is(html.match(/checked/g)?.length, 2)
})

fields('escapes what people typed', () => {
  const html = String(<TextField name="name" label="<b>" value={'"><script>alert(1)</script>'} error="<i>" />)
  assert.not.match(html, /<script|<b>|<i>/)
})

const pages = suite('a page')

pages('is a whole document without inline script or style', () => {
  const html = String(
    <Layout title="Antrean <x>" navigation={[{ href: '/reviews', label: 'Pemeriksaan', current: true, count: 3 }]}
      actor={{ name: 'Budi', roleLabel: 'Koordinator kecamatan' }} flash="Disimpan."><p>isi</p></Layout>)
  assert.match(html, /^<!doctype html><html lang="id">/i)
  assert.match(html, /<title>Antrean &lt;x&gt; · SIKS<\/title>/)
  assert.match(html, /aria-current="page"/)
  assert.match(html, /<form method="post" action="\/session\/end">/)
  assert.not.match(html, / style=| on\w+="|<style|<script>/)
})

pages('leads from every mistake to its field', () => {
  const html = String(<ProblemPanel problem={{ message: 'Periksa.', fields: { 'members.0.nik': 'Salah.' } }} labels={{ 'members.0.nik': 'NIK' }} />)
  assert.match(html, /<a href="#f-members-0-nik">NIK: Salah\.<\/a>/)
})

pages('leads back to the form where the refusal is a page by itself', () => {
  const html = String(<ProblemPage problem={{ message: 'Periksa.', fields: { next: 'Isi kata sandi baru.' }, status: 422 }} backHref="http://localhost/password#f-old" />)
  assert.match(html, /<a href="http:\/\/localhost\/password#f-next">Isi kata sandi baru\.<\/a>/)
})

pages('heads every paper of a desa with the same lines', () =>
  assert.equal(placeLines({ places: ['Sewon', 'Sewon', 'Kabupaten Bantul', 'DIY'], name: 'Panggungharjo', code: '34.02.15.2003' }),
    ['DIY', 'Kabupaten Bantul', 'Kecamatan Sewon', 'Desa/Kelurahan Panggungharjo (34.02.15.2003)']))

pages('says every mistake once, and no label twice', () => {
  const fields = { latitude: 'Ambil lokasi dahulu.', longitude: 'Ambil lokasi dahulu.', name: 'Nama kepala belum diisi.' }
  const html = String(<ProblemPanel problem={{ message: 'Periksa.', fields }} labels={{ name: 'Nama kepala' }} />)
  assert.is(html.match(/Ambil lokasi dahulu/g)!.length, 1)
  assert.match(html, />Nama kepala belum diisi\.</)
})

pages('pages on by link, and by htmx adds rows under the same table', () => {
  const html = String(<Pager nextHref="/reviews?after=9" bodyId="visits" />)
  assert.match(html, /href="\/reviews\?after=9"/)
  assert.match(html, /hx-select="#visits &gt; tr" hx-target="#visits" hx-swap="beforeend" hx-select-oob="#visits-pager"/)
})

pages('names every cell, so that a row can become a card', () =>
  assert.is(String(<Cell label="Desa">Sewon</Cell>), '<td role="cell" data-label="Desa">Sewon</td>'))

pages('draws a chart whose numbers stand in a table too', () => {
  const html = String(<StackedBars title="Desa" series={[{ key: 'a', label: 'Masuk', tone: 1 }]} rows={[{ label: 'Sewon', values: { a: 1200 } }]} />)
  assert.match(html, /<title>Sewon<\/title><desc>Masuk: 1\.200<\/desc>/)
  assert.match(html, /data-label="Masuk" class="right">1\.200</)
})

pages('asks for the file version of this build', () => {
  assert.is(assetUrl('app.css'), '/static/app.css')
  setAssets({ 'app.css': 'abc' })
  assert.is(assetUrl('app.css'), '/static/app.css?v=abc')
  setAssets({})
})

formats.run()
fields.run()
pages.run()
