import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { Waiting, WaitPlace } from '#app/numbers/waiting.ts'
import { missingInWords } from '#app/questionnaire/missing-numbers.ts'
import { exportHref, paperHref, waitsHref } from '#views/numbers/links.ts'
import { RegionPicker } from '#views/regions/picker.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { SelectField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatAge } from '#views/ui/format.ts'
import { EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type Part = { rows: Waiting[], next?: WaitPlace, region: string, mayGive: boolean, now?: string }

export const WaitsPage = ({ places, mayExport, ...part }: Part & { places: PlaceChoices, mayExport: boolean }) => (
  <Stack>
    <PageHead title="Menunggu Dukcapil" lead="Sudah didata, diperiksa, dan disetujui Dinsos, tetapi belum punya No KK atau NIK. Tidak ada yang dikeluarkan: begitu nomornya diisi dan dicocokkan, rumah tangga masuk berkas pengesahan berikutnya."
      actions={part.rows.length > 0 && <>{part.mayGive && <LinkButton href={paperHref(part.region)}>Cetak untuk Dukcapil</LinkButton>}{mayExport && <LinkButton href={exportHref(part.region)}>Ekspor</LinkButton>}</>} />
    {('own' in places || places.levels.length > 0) && <Filters action="/numbers" clearHref={part.region ? '/numbers' : undefined} label="Saring wilayah">
      {'own' in places
        ? <SelectField name="region" label="Wilayah" required value={part.region} blank="Semua wilayah saya" options={places.own.map(({ code, name }) => ({ value: code, label: name }))} />
        : (
          <details class="by-hand more-filters" open={Boolean(part.region)}>
            <summary>Saring wilayah</summary>
            <RegionPicker levels={places.levels} within={places.within} legend="Wilayah" blank="Semua" />
          </details>
        )}
    </Filters>}
    <WaitsRows {...part} />
  </Stack>
)

export const WaitsRows = ({ rows, next, region, mayGive, now = new Date().toISOString() }: Part) => rows.length === 0
  ? <EmptyState title="Tidak ada rumah tangga yang menunggu Dukcapil" />
  : (
    <>
      <Table caption="Per desa/kelurahan, yang paling lama lebih dahulu" bodyId="menunggu" columns={['Rumah tangga', 'Yang kurang', 'Menunggu', ...(mayGive ? [{ label: 'Tindakan', hide: true }] : [])]}>
        {rows.map(({ id, headName, village, address, missing, since }) => (
          <Row>
            <Cell label="Rumah tangga" lead><a href={`/households/${id}`}>{headName}</a><br /><small class="hint">{[address, village].filter(Boolean).join(', ')}</small></Cell>
            <Cell label="Yang kurang"><ul>{missing.map((one) => <li>{missingInWords(one)}</li>)}</ul></Cell>
            <Cell label="Menunggu"><time datetime={since}>{formatAge(since, now)}</time></Cell>
            {mayGive && <Cell label="Tindakan" actions><LinkButton href={`/numbers/${id}`} small aria-label={`Isi nomor ${headName}`}>Isi nomor</LinkButton></Cell>}
          </Row>
        ))}
      </Table>
      <Pager bodyId="menunggu" nextHref={next && waitsHref(region, next)} />
    </>
  )
