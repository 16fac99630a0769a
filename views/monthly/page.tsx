import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { MonthlyReport } from '#app/monthly/monthly.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { GROUP_COLUMNS, monthWords, NUMBER_WORDS, numbersOf } from '#views/monthly/words.ts'
import { LinkButton, PrintButton } from '#views/ui/button.tsx'
import { Letterhead, Sheet, Signatures, signedIn } from '#views/ui/document.tsx'
import { SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { PageHead } from '#views/ui/page.tsx'

type Props = { report: MonthlyReport, choices: PlaceChoices }

export const MonthlyPage = ({ report, choices }: Props) => {
  const query = new URLSearchParams({ ...(report.place.code && { region: report.place.code }), month: report.month })
  return (
    <div class="stack">
      <div class="screen-only stack">
        <PageHead title="Laporan bulanan" lead="Pemutakhiran data selama satu bulan, siap dicetak dan ditandatangani. Hanya jumlah, tanpa nama." actions={<><PrintButton>Cetak</PrintButton><LinkButton href={`/monthly/report.csv?${query}`}>Unduh CSV</LinkButton></>} />
        <Filters action="/monthly" label="Pilih bulan dan wilayah">
          <SelectField name="month" label="Bulan" required blank="" value={report.month} options={report.months.map((month) => ({ value: month, label: monthWords(month) }))} />
          {hasChoice(choices) && <PlaceField choices={choices} chosen={report.place.code} />}
        </Filters>
      </div>
      <Paper report={report} />
    </div>
  )
}

// A kabupaten or kota says itself which it is.
const LEVEL_WORDS = ['', '', 'Kecamatan ', 'Desa/Kelurahan ']

const Paper = ({ report: { path, place, month, isRunning, until, rows, total, reasons, zone, madeAt } }: { report: MonthlyReport }) => (
  <Sheet landscape>
    <Letterhead title={`Laporan pemutakhiran data kesejahteraan sosial ${monthWords(month)}`} lines={path.length > 0 ? path.map((name, i) => `${LEVEL_WORDS[i] ?? ''}${name}`) : [place.name]} />
    {isRunning && <p>{`Bulan ini belum selesai: angka sampai ${formatDate(until)}.`}</p>}
    <Numbers caption="Usulan yang diajukan" columns={GROUP_COLUMNS} rows={rows} total={total} from={0} />
    <Numbers caption="Hasil usulan, kunjungan, dan layanan" columns={NUMBER_WORDS.map(([, words]) => words)} rows={rows} total={total} from={GROUP_COLUMNS.length} />
    <p class="hint">Diterima: ditetapkan, atau masuk prelist, pada bulan ini; usulannya bisa dari bulan sebelumnya.</p>
    {reasons.length > 0 && (
      <div class="table-frame" tabindex={0} role="region" aria-label="Tabel alasan, dapat digeser ke samping">
        <table>
          <caption>Rumah tangga yang ditetapkan nonaktif, menurut alasan</caption>
          <thead><tr><th scope="col">Alasan</th><th scope="col">Rumah tangga</th></tr></thead>
          <tbody>{reasons.map(({ label, n }) => <tr><th scope="row" class="left">{label}</th><td class="right">{formatNumber(n)}</td></tr>)}</tbody>
        </table>
      </div>
    )}
    <Signatures items={[{ place: `${signedIn(path.at(-1) ?? place.name)}, …………………… 20……`, role: 'Mengetahui', name: '' }, { role: 'Pembuat laporan', name: '' }]} />
    <p class="hint">{`Dibuat ${formatDateTime(madeAt, zone)}.`}</p>
  </Sheet>
)

// Two tables of one list: all columns side by side are wider than a sheet.
type NumbersProps = Pick<MonthlyReport, 'rows' | 'total'> & { caption: string, columns: string[], from: number }
const Numbers = ({ caption, columns, rows, total, from }: NumbersProps) => {
  const cells = (row: Parameters<typeof numbersOf>[0]) => numbersOf(row).slice(from, from + columns.length).map((n) => <td class="right">{formatNumber(n)}</td>)
  return (
    <div class="table-frame" tabindex={0} role="region" aria-label={`${caption}, dapat digeser ke samping`}>
      <table>
        <caption>{caption}</caption>
        <thead><tr><th scope="col">No</th><th scope="col">Wilayah</th>{columns.map((words) => <th scope="col">{words}</th>)}</tr></thead>
        <tbody>
          {rows.map((row, i) => <tr><td>{i + 1}</td><th scope="row" class="left">{row.name}</th>{cells(row)}</tr>)}
          <tr><td>{'\u00a0'}</td><th scope="row" class="left">Jumlah</th>{cells(total)}</tr>
        </tbody>
      </table>
    </div>
  )
}
