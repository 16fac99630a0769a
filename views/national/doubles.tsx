import type { Regency } from '#app/national/places.ts'
import type { Double } from '#app/national/searching.ts'
import type { Actor } from '#app/users/actor.ts'
import { NationTabs, RegionField } from '#views/national/frame.tsx'
import { People } from '#views/national/search.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate, maskNik } from '#views/ui/format.ts'
import { Card, EmptyState, PageHead, Stack } from '#views/ui/page.tsx'
import { Pager } from '#views/ui/pager.tsx'

const PAGE = 50
type Props = { doubles: Double[], region: string, regencies: Regency[], names: Map<string, string>, actor: Actor }

export const DoublesPage = ({ doubles, region, regencies, names }: Props) => (
  <Stack>
    <PageHead title="NIK di dua kabupaten" lead="Orang yang disebut data terbaru dua kabupaten/kota atau lebih. Kembalikan salah satunya, atau mintakan penjelasan." />
    <NationTabs current="/national/doubles" />
    <Filters action="/national/doubles" clearHref={region ? '/national/doubles' : undefined}><RegionField regencies={regencies} chosen={region} /></Filters>
    {doubles.length === 0 ? <EmptyState title="Tidak ada NIK yang sama di dua kabupaten" /> : doubles.slice(0, PAGE).map(({ nik, regencies: where, foundAt, people }) => (
      <Card title={maskNik(nik)} level={2}>
        <p>{`${where.map((code) => names.get(code) ?? code).join(' dan ')}, sejak ${formatDate(foundAt)}`}</p>
        <People caption={`Orang dengan NIK ${maskNik(nik)}`} people={people} names={names} />
      </Card>
    ))}
    <Pager nextHref={doubles.length > PAGE ? `/national/doubles?${new URLSearchParams({ region, after: doubles[PAGE - 1]!.nik })}` : undefined} />
  </Stack>
)
