import type { ResultFilter, Results } from '#app/backchecks/results.ts'
import type { PlaceChoices } from '#app/households/place-choices.ts'
import { TYPES } from '#views/backchecks/words.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDecimal, formatNumber } from '#views/ui/format.ts'
import { Intervals, intervalWords } from '#views/ui/intervals.tsx'
import { Card, EmptyState, PageHead, Stack, Stats } from '#views/ui/page.tsx'
import { Cell, Row, Table, right } from '#views/ui/table.tsx'

type Props = { results: Results, filter: ResultFilter, choices: PlaceChoices, rounds: { id: string, title: string }[] }

const MOST_DRAWN = 30
const few = (length: number) => length > MOST_DRAWN ? `${MOST_DRAWN} yang pertama; semuanya ada di tabel. ` : ''
const fileHref = (table: string, { region, round }: ResultFilter) => `/backchecks/results/${table}.csv?${new URLSearchParams({ ...(region && { region }), ...(round && { round }) })}`
const Csv = ({ table, filter }: { table: string, filter: ResultFilter }) => <LinkButton small href={fileHref(table, filter)} download>Unduh CSV</LinkButton>

export const ResultsPage = ({ results, filter, choices, rounds }: Props) => (
  <Stack>
    <PageHead title="Hasil kunjungan ulang" trail={[{ href: '/backchecks', label: 'Kunjungan ulang' }]} lead="Seberapa sering jawaban kunjungan pertama berbeda dari kunjungan ulang. Garisnya menunjukkan di mana angka sebenarnya berada, dalam 95 dari 100 kali." />
    <Filters action="/backchecks/results" clearHref={filter.region || filter.round ? '/backchecks/results' : undefined} label="Saring hasil">
      <SelectField name="round" label="Putaran" required value={filter.round} blank="Semua putaran" options={rounds.map(({ id, title }) => ({ value: id, label: title }))} />
      {hasChoice(choices) && <PlaceField choices={choices} chosen={filter.region} />}
    </Filters>
    {results.visits === 0 ? <EmptyState title="Belum ada kunjungan ulang yang masuk">Hasil tampil begitu petugas mengirim kunjungan ulangnya.</EmptyState> : (
      <>
        <Stats items={[
          { label: 'Dikunjungi ulang', value: formatNumber(results.visits) },
          { label: 'Perkiraan kunjungan dengan beda pokok', value: intervalWords(results.whole), note: 'dari semua kunjungan, menurut peluang undian' },
          { label: 'Perbedaan belum dinilai', value: formatNumber(results.undecided), tone: results.undecided > 0 ? 'warn' : 'good' },
        ]} />
        <Fields results={results} filter={filter} />
        <Officers results={results} filter={filter} />
        <Villages results={results} filter={filter} />
        <Sources />
      </>
    )}
  </Stack>
)

type Drawn = Pick<Props, 'results' | 'filter'>

const Fields = ({ results: { fields }, filter }: Drawn) => (
  <Card title="Per isian" actions={<Csv table="fields" filter={filter} />}>
    <Intervals title="Jawaban yang berbeda per isian" rows={fields.slice(0, MOST_DRAWN).map(({ label, share, low, high, compared }) => ({ label, share, low, high, count: compared }))} />
    <Table caption="Jawaban yang berbeda per isian" dense columns={['Isian', 'Jenis', right('Dibandingkan'), right('Berbeda'), right('Bagian (95%)'), right('Petugas keliru'), right('Dimaklumi')]}>
      {fields.map(({ label, type, compared, different, wrong, excused, ...share }) => (
        <Row>
          <Cell label="Isian" lead>{label}</Cell><Cell label="Jenis">{TYPES[type].words}</Cell>
          <Cell label="Dibandingkan" align="right">{formatNumber(compared)}</Cell><Cell label="Berbeda" align="right">{formatNumber(different)}</Cell>
          <Cell label="Bagian (95%)" align="right">{intervalWords(share)}</Cell>
          <Cell label="Petugas keliru" align="right">{formatNumber(wrong)}</Cell><Cell label="Dimaklumi" align="right">{formatNumber(excused)}</Cell>
        </Row>
      ))}
    </Table>
  </Card>
)

const Officers = ({ results: { officers }, filter }: Drawn) => (
  <Card title="Per petugas" actions={<Csv table="officers" filter={filter} />}>
    <Intervals title="Kunjungan dengan beda pokok per petugas" description={`${few(officers.length)}Beda pokok: isian yang tidak mungkin berubah, tetapi jawabannya lain, dan tidak dimaklumi koordinator.`}
      rows={officers.slice(0, MOST_DRAWN).map(({ id, name, share, low, high, count }) => ({ label: name, href: `/officers/${id}`, share, low, high, count }))} />
    <Table caption="Kunjungan dengan beda pokok per petugas" dense columns={['Petugas', right('Dikunjungi ulang'), right('Dengan beda pokok'), right('Bagian (95%)'), right('Semua beda'), right('Belum dinilai')]}>
      {officers.map(({ id, name, firm, differences, undecided, ...share }) => (
        <Row>
          <Cell label="Petugas" lead><a href={`/officers/${id}`}>{name}</a></Cell>
          <Cell label="Dikunjungi ulang" align="right">{formatNumber(share.count)}</Cell><Cell label="Dengan beda pokok" align="right">{formatNumber(firm)}</Cell>
          <Cell label="Bagian (95%)" align="right">{intervalWords(share)}</Cell>
          <Cell label="Semua beda" align="right">{formatNumber(differences)}</Cell><Cell label="Belum dinilai" align="right">{formatNumber(undecided)}</Cell>
        </Row>
      ))}
    </Table>
    <p class="hint">Angka per petugas adalah yang terlihat pada kunjungan terundi. Yang banyak tandanya lebih sering terundi, jadi bandingkan garisnya, bukan titiknya saja.</p>
  </Card>
)

const Villages = ({ results: { villages }, filter }: Drawn) => (
  <Card title="Perkiraan per desa" actions={<Csv table="villages" filter={filter} />}>
    <Intervals title="Perkiraan bagian kunjungan dengan beda pokok per desa" description={few(villages.length) || undefined}
      rows={villages.slice(0, MOST_DRAWN).map(({ code, name, share, low, high, count }) => ({ label: name, href: `/backchecks/results?${new URLSearchParams({ region: code, ...(filter.round && { round: filter.round }) })}`, share, low, high, count }))} />
    <Table caption="Perkiraan per desa" dense columns={['Desa/kelurahan', right('Dikunjungi ulang'), right('Setara undian rata'), right('Perkiraan (95%)')]}>
      {villages.map(({ code, name, effective, ...share }) => (
        <Row>
          <Cell label="Desa/kelurahan" lead><a href={`/households?region=${code}`}>{name}</a></Cell><Cell label="Dikunjungi ulang" align="right">{formatNumber(share.count)}</Cell>
          <Cell label="Setara undian rata" align="right">{formatDecimal(effective)}</Cell><Cell label="Perkiraan (95%)" align="right">{intervalWords(share)}</Cell>
        </Row>
      ))}
    </Table>
  </Card>
)

const Sources = () => (
  <Card title="Cara menghitung">
    <p>Selang kepercayaan 95%: skor Wilson (Wilson 1927; Newcombe 1998, cara 3). Perkiraan per desa memberi tiap kunjungan bobot satu dibagi peluang terundinya (Horvitz dan Thompson 1952; rasio Hájek), dengan ukuran setara menurut Kish (1965).
      Jenis isian mengikuti kebiasaan pemeriksaan ulang survei (IPA, <i>back check manual</i>). Yang belum selesai dikunjungi tidak ikut dihitung; "tidak tahu" tidak dibandingkan.</p>
  </Card>
)
