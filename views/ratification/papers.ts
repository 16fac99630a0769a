import PDFDocument from 'pdfkit'
import type { Batch } from '#app/ratification/batches.ts'
import type { ListedChange, ProposalSummary } from '#app/ratification/proposal-summary.ts'
import type { ListedRecord, VillageSummary } from '#app/ratification/summary.ts'
import { KINDS } from '#views/proposals/labels.ts'
import { formatDate, formatNumber, maskNik } from '#views/ui/format.ts'

type Paper = { batch: Batch, regencyName: string, villages: VillageSummary[], proposals: ProposalSummary[] }

const OUTCOMES = ['', 'Selesai dicacah', 'Tidak ditemukan', 'Pindah/bangunan tidak ada', 'Bergabung', 'Menolak', 'Data ganda']

// Points that the root, place and date, name of the office, room to sign and the line below it take.
const SIGNATURE = 210
const NUMBER = { width: 62, align: { x: 'right' } } as const

const document = (title: string, layout: 'portrait' | 'landscape' = 'portrait') =>
  new PDFDocument({ size: 'A4', layout, margin: MARGIN, bufferPages: true, lang: 'id', info: { Title: title, Creator: 'SIKS' } })

// Berita acara pengesahan: what is ratified, in numbers, and the one root that binds every record.
export function minutes({ batch, regencyName, villages, proposals }: Paper): PDFKit.PDFDocument {
  const pdf = document(`Berita acara pengesahan ${batch.title}`)
  heading(pdf, 'BERITA ACARA PENGESAHAN', `Data Terpadu Kesejahteraan Sosial ${regencyName}`, batch)
  pdf.fontSize(10.5).text(
    `Pada tanggal ${formatDate(batch.letterDate ?? batch.frozenAt ?? batch.preparedAt)} telah disahkan hasil verifikasi dan validasi `
    + `${formatNumber(batch.itemCount)} rumah tangga ${regencyName} menurut surat nomor ${batch.letterNumber ?? '……………………'}, dengan rincian per desa/kelurahan:`)
  pdf.moveDown()
  pdf.fontSize(9)
  table(pdf, [{ width: 28 }, { width: '*' }, NUMBER, NUMBER, NUMBER, NUMBER], ['No', 'Desa/kelurahan', 'Rumah tangga', 'Anggota', 'Dicacah', 'Tidak dicacah'],
    [
      ...villages.map((village, i) => [String(i + 1), village.name, formatNumber(village.households), formatNumber(village.members),
        formatNumber(village.interviewed), formatNumber(village.notInterviewed)]),
      ['', 'Jumlah', ...(['households', 'members', 'interviewed', 'notInterviewed'] as const).map((key) => formatNumber(villages.reduce((sum, village) => sum + village[key], 0)))],
    ])
  if (proposals.length > 0) {
    pdf.moveDown().fontSize(10.5).text(`Termasuk ${formatNumber(proposals.reduce((sum, { count }) => sum + count, 0))} usulan perubahan data:`).moveDown(0.5)
    pdf.fontSize(9)
    table(pdf, [{ width: 28 }, { width: '*' }, { width: '*' }, NUMBER], ['No', 'Desa/kelurahan', 'Jenis usulan', 'Jumlah'],
      proposals.map(({ name, kind, count }, i) => [String(i + 1), name, KINDS[kind].label, formatNumber(count)]))
  }
  // What is signed by stands on one page with who signs: no page of a signature alone.
  roomFor(pdf, SIGNATURE)
  pdf.moveDown().fontSize(10.5).text('Akar manifes SHA-256 (mengikat seluruh data dalam berkas ini):')
  pdf.font('Courier').fontSize(9).text(batch.rootHash ?? '').font('Helvetica').moveDown()
  pdf.fontSize(10.5).text('Periksa dengan: sha256sum manifest.txt').moveDown(2)
  pdf.text('………………………, ……………………… 20……', { align: 'right' }).moveDown(0.3)
  pdf.text(batch.signatory ?? 'Bupati/Wali Kota', { align: 'right' }).moveDown(4)
  pdf.text('(……………………………………………)', { align: 'right' })
  return finish(pdf, batch)
}

// The list by name by address (BNBA) of the frozen batch, in the manifest's order. NIK masked: the list is handed round.
export function nameList({ batch, regencyName, records, changes }: Omit<Paper, 'villages' | 'proposals'> & { records: ListedRecord[], changes: ListedChange[] }): PDFKit.PDFDocument {
  const pdf = document(`Daftar BNBA ${batch.title}`, 'landscape')
  heading(pdf, 'DAFTAR NAMA DAN ALAMAT (BNBA)', regencyName, batch)
  pdf.fontSize(8)
  table(pdf, [28, 110, '*', 100, '*', { width: 30, align: { x: 'right' } }, 90, 70], ['No', 'Desa/kelurahan', 'Nama KRT', 'NIK', 'Alamat', 'ART', 'Hasil', 'Sidik data'],
    records.map((record) => [String(record.position), record.village, record.headName, record.headNik ? maskNik(record.headNik) : '–',
      record.address, String(record.members), OUTCOMES[record.outcome] ?? '', record.recordHash.slice(0, 12)]))
  if (changes.length > 0) {
    pdf.moveDown().fontSize(11).text('Usulan perubahan data').moveDown(0.5).fontSize(8)
    table(pdf, [28, 130, '*', 140, 80, 70], ['No', 'Desa/kelurahan', 'Nama KRT', 'Jenis usulan', 'Isian berubah', 'Sidik data'],
      changes.map(({ position, village, headName, kind, changeCount, recordHash }) => [String(position), village, headName, KINDS[kind].label, String(changeCount), recordHash.slice(0, 12)]))
  }
  return finish(pdf, batch)
}

const MARGIN = 48
const HEAD_ABOVE = 18
type Columns = PDFKit.Mixins.TableOptions['columnStyles']

// Its head stands on each page again, in the margin above, where no row is moved by it.
function table(pdf: PDFKit.PDFDocument, columnStyles: Columns, head: string[], rows: string[][]) {
  const shade = { backgroundColor: '#e6efee' }
  const again = () => void pdf.table({ position: { x: MARGIN, y: MARGIN - HEAD_ABOVE }, rowStyles: shade, columnStyles, data: [head] })
  pdf.on('pageAdded', again)
  pdf.table({ rowStyles: (row: number) => row === 0 ? shade : {}, columnStyles, data: [head, ...rows] })
  pdf.off('pageAdded', again)
}

// What belongs together is not torn apart by the foot of the page.
function roomFor(pdf: PDFKit.PDFDocument, points: number) {
  if (pdf.y + points > pdf.page.height - pdf.page.margins.bottom) pdf.addPage()
}

function heading(pdf: PDFKit.PDFDocument, title: string, subtitle: string, batch: Batch) {
  pdf.font('Helvetica-Bold').fontSize(14).text(title, { align: 'center' })
  pdf.fontSize(11).text(subtitle, { align: 'center' }).font('Helvetica')
  pdf.fontSize(10).text(`Berkas: ${batch.title}`, { align: 'center' }).moveDown()
}

// The root stands on every page, so that no page can be exchanged.
function finish(pdf: PDFKit.PDFDocument, { rootHash }: Batch) {
  const { start, count } = pdf.bufferedPageRange()
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page)
    pdf.page.margins.bottom = 0
    pdf.font('Helvetica').fontSize(7).text(`Akar manifes ${rootHash ?? 'belum dibekukan'} · halaman ${page + 1} dari ${count}`,
      48, pdf.page.height - 32, { lineBreak: false })
  }
  pdf.end()
  return pdf
}
