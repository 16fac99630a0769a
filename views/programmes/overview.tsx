import type { PlaceChoices } from '#app/households/place-choices.ts'
import type { Overview } from '#app/programmes/overview.ts'
import { PHASES } from '#views/programmes/labels.ts'
import { PlaceFilter } from '#views/programmes/place-filter.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate, formatNumber } from '#views/ui/format.ts'
import { Card, PageHead, Stack, Stats } from '#views/ui/page.tsx'

type Props = { overview: Overview, region: string, places: PlaceChoices, seesBatches: boolean }
type Key = keyof typeof PHASES

export const OverviewPage = ({ overview, region, places, seesBatches }: Props) => (
  <Stack>
    <PageHead title="Program bansos" lead="Siapa yang menerima dan apa yang diusulkan. Perubahan PKH, Sembako, PBI-JK, dan PPKS diperiksa kecamatan, disetujui Dinsos, lalu disahkan bupati/wali kota; bantuan dari anggaran desa atau kabupaten ditetapkan desa atau Dinsos sendiri."
      actions={<>
        <LinkButton href="/programmes/changes" tone="primary">Usulan penerima</LinkButton>
        {seesBatches && <LinkButton href="/programmes/batches">Berkas pengesahan</LinkButton>}
        <LinkButton href="/programmes/pictures">Gambar dan angka</LinkButton>
        <LinkButton href="/programmes/periods">Periode</LinkButton>
        <LinkButton href="/programmes/settings">Ketentuan</LinkButton>
      </>} />
    {('own' in places ? places.own.length > 1 : places.levels.length > 0) && (
      <Filters action="/programmes" clearHref={region ? '/programmes' : undefined} label="Pilih wilayah"><PlaceFilter places={places} region={region} alone /></Filters>
    )}
    {overview.map(({ programme: { code, name, fullName, unit, changes, pages }, counts, waiting, toSign, period }) => (
      <Card title={fullName === name ? name : `${name} — ${fullName}`} actions={<LinkButton href={`/programmes/${code}${region ? `?region=${region}` : ''}`} small aria-label={`Buka daftar ${name}`}>Buka daftar</LinkButton>}>
        <Stack>
          <Stats items={(Object.keys(PHASES) as Key[]).map((phase) => ({
            label: PHASES[phase].label, value: formatNumber(counts[phase]), note: unit === 'family' ? 'keluarga' : 'orang',
            href: `/programmes/${code}?phase=${phase}${region ? `&region=${region}` : ''}`, tone: counts[phase] > 0 ? PHASES[phase].tone : 'neutral',
          }))} />
          {Object.keys(changes).length === 0 ? <p>{pages?.map(({ href, label }) => <a href={href}>{label}</a>)}</p> : <p>
            {waiting > 0
              ? <a href={`/programmes/changes?tab=mine&programme=${code}`}>{`${formatNumber(waiting)} usulan menunggu Anda.`}</a>
              : toSign > 0 ? <a href="/programmes/batches">{`${formatNumber(toSign)} berkas menunggu pengesahan Anda.`}</a> : 'Tidak ada yang menunggu Anda.'}
            {period && ` Perubahan untuk ${period.name} disetujui paling lambat ${formatDate(period.cutoffOn)}.`}
          </p>}
        </Stack>
      </Card>
    ))}
  </Stack>
)
