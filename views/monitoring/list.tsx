import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { ListedSheet, MonitoringFormCode, SheetFilter } from '#app/monitoring/sheets.ts'
import { hasChoice, PlaceField } from '#views/matching/place.tsx'
import { Badge } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { DateField, SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate, formatPercent } from '#views/ui/format.ts'
import { EmptyState, PageHead } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export const FORM_LABELS: Record<MonitoringFormCode, string> = { bimtek: 'Bimtek petugas', musdes: 'Musdes/muskel', enumerator: 'Pendampingan petugas', revisit: 'Kunjungan ulang pemantauan' }
const formOptions = Object.entries(FORM_LABELS).map(([value, label]) => ({ value, label }))

export const monitoringHref = (path: string, { form, region, from, to }: SheetFilter, more: Record<string, string> = {}) => {
  const query = new URLSearchParams({ ...(form && { form }), ...(region && { region }), ...(from && { from }), ...(to && { to }), ...more }).toString()
  return `/monitoring${path}${query && `?${query}`}`
}

// Without a score nothing was judged.
export const scoreWords = (score: number | null) => score === null ? '–' : formatPercent(score, 1)

type Props = { sheets: ListedSheet[], next?: number, filter: SheetFilter, choices: PlaceChoices, mayWrite: boolean }

export const SheetsPage = ({ sheets, next, filter, choices, mayWrite }: Props) => (
  <>
    <PageHead title="Formulir pemantauan" lead="Apa yang dilihat pengawas, koordinator, dan Dinsos saat bimtek, musdes, pendampingan, dan kunjungan ulang."
      actions={<>
        {mayWrite && <LinkButton href="/monitoring/new" tone="primary">Isi formulir</LinkButton>}
        <LinkButton href={monitoringHref('/summary', filter)}>Ringkasan</LinkButton>
        {filter.form && <LinkButton href={monitoringHref('/list.csv', filter)} download>Unduh CSV</LinkButton>}
      </>} />
    <SheetFilters action="/monitoring" filter={filter} choices={choices} />
    {sheets.length === 0
      ? <EmptyState title="Belum ada formulir di sini">{mayWrite ? 'Tekan "Isi formulir" setelah melihat kegiatan di lapangan.' : 'Formulir yang diisi di wilayah Anda tampil di sini.'}</EmptyState>
      : (
        <>
          <Table caption="Formulir pemantauan" hideCaption bodyId="formulir" columns={['Formulir', 'Tanggal', 'Wilayah dan tempat', 'Diisi oleh', 'Tentang', { label: 'Nilai', align: 'right' }]}>
            {sheets.map(({ id, number, form, heldOn, region, place, writer, subject, score, withdrawnAt }) => (
              <Row>
                <Cell label="Formulir" lead><div><a href={`/monitoring/${id}`}>{`${number}. ${FORM_LABELS[form]}`}</a>{withdrawnAt && <> <Badge tone="warn">Ditarik</Badge></>}</div></Cell>
                <Cell label="Tanggal">{formatDate(heldOn)}</Cell>
                <Cell label="Wilayah dan tempat">{region}, {place}</Cell>
                <Cell label="Diisi oleh">{writer}</Cell>
                <Cell label="Tentang">{subject ?? '–'}</Cell>
                <Cell label="Nilai" align="right">{scoreWords(score)}</Cell>
              </Row>
            ))}
          </Table>
          <Pager bodyId="formulir" nextHref={next === undefined ? undefined : monitoringHref('', filter, { before: String(next) })} />
        </>
      )}
  </>
)

export const SheetFilters = ({ action, filter, choices }: { action: string, filter: SheetFilter, choices: PlaceChoices }) => (
  <Filters action={action} clearHref={filter.form || filter.region || filter.from || filter.to ? action : undefined} label="Saring formulir">
    <SelectField name="form" label="Formulir" value={filter.form} blank="Semua formulir" options={formOptions} />
    <DateField name="from" label="Dari tanggal" value={filter.from} />
    <DateField name="to" label="Sampai tanggal" value={filter.to} />
    {hasChoice(choices) && <PlaceField choices={choices} chosen={filter.region} />}
  </Filters>
)
