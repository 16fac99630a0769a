import type { DesilEntry } from '#app/dtsen/desil.ts'
import type { HouseholdDetail } from '#app/households/detail.ts'
import type { HouseholdMatches } from '#app/matching/history.ts'
import { PHOTO_KINDS } from '#app/questionnaire/evidence.ts'
import type { HouseholdProgrammes } from '#app/programmes/household-card.ts'
import type { Standing } from '#app/proposals/standing.ts'
import { STAGE_WORDS } from '#app/households/stages.ts'
import { zoneOf } from '#app/questionnaire/zones.ts'
import { DesilCard } from '#views/dtsen/household.tsx'
import { Blocks } from '#views/households/blocks.tsx'
import { outcomeLabel, programmesOf, stageTone } from '#views/households/labels.ts'
import { MapCard } from '#views/households/map.tsx'
import { Numbers } from '#views/households/numbers.tsx'
import { MatchCard } from '#views/matching/household-card.tsx'
import { WaitNotice, type Wait } from '#views/numbers/notice.tsx'
import { ProgrammeCard } from '#views/programmes/household-card.tsx'
import { OpenProposals, ProposeButton, StandingNotice } from '#views/proposals/standing.tsx'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, Columns, Facts, PageHead, Stack, Timeline } from '#views/ui/page.tsx'
import { Tabs } from '#views/ui/nav.tsx'
import { Photo, PhotoGrid } from '#views/ui/photo.tsx'

type Props = { household: HouseholdDetail }

type DetailProps = Props & { standing: Standing, desil: DesilEntry[], matches: HouseholdMatches, programmes?: HouseholdProgrammes, wait?: Wait, waitHref?: string, mayIssue: boolean, againHref?: string }

export const DetailPage = ({ household, standing, desil, matches, programmes, wait, waitHref, mayIssue, againHref }: DetailProps) => (
  <Stack>
    <PageHead title={household.headName} trail={[{ href: '/households', label: 'Rumah tangga' }]}
      badge={<Badge tone={stageTone(household.stage)}>{STAGE_WORDS[household.stage]}</Badge>}
      lead={[household.address || household.slsName, ...household.places].filter(Boolean).join(', ')}
      actions={<><ProposeButton householdId={household.id} standing={standing} />{mayIssue && <LinkButton href={`/certificates/new?household=${household.id}`}>Surat keterangan</LinkButton>}<LinkButton href={`/households/${household.id}/life`}>Riwayat hidup</LinkButton><LinkButton href={`/households/${household.id}/versions`}>Riwayat versi ({household.version})</LinkButton></>} />
    <WaitNotice wait={wait} href={waitHref} />
    <StandingNotice householdId={household.id} standing={standing} />
    <Numbers action={`/households/${household.id}/numbers`} isShown={household.full} mayUnmask={household.mayUnmask} againHref={againHref} />
    {household.flagCount > 0 && <VisitFlags household={household} />}
    <Tabs label="Blok data" items={household.blocks.map(({ code, title }) => ({ href: `#blok-${code}`, label: title }))} />
    <Columns kind="side">
      <Stack>
        <Summary household={household} />
        <DesilCard families={household.record.families} history={desil} />
        <Blocks household={household} />
      </Stack>
      <Stack>
        <OpenProposals householdId={household.id} standing={standing} />
        <ProgrammeCard rows={programmes} householdId={household.id} record={household.record} />
        <MapCard point={household.point} />
        <MatchCard matches={matches} />
        <Photos household={household} />
        <Stages household={household} />
      </Stack>
    </Columns>
  </Stack>
)

// Who may check the visit reads the sentences here too; everybody else knows that there is something to look at.
const VisitFlags = ({ household: { flagCount, flags, visitId } }: Props) => (
  <Notice tone="warn" title={`${flagCount} tanda pada kunjungan terakhir`}>
    {flags ? <>
      <ul>{flags.map(({ title, message }) => <li><strong>{title}.</strong> {message}</li>)}</ul>
      <p><a href={`/reviews/${visitId}#bukti`}>Lihat bukti kunjungan</a></p>
    </> : <p>Pemeriksa melihat rinciannya pada halaman pemeriksaan.</p>}
  </Notice>
)

const Summary = ({ household }: Props) => (
  <Card title="Ringkasan">
    <Facts items={[
      { label: 'ID prelist', value: household.prelistId ?? 'Usulan baru' },
      { label: 'Nomor urut', value: household.orderNo },
      { label: 'Anggota rumah tangga', value: household.memberCount },
      { label: 'Keluarga (KK)', value: household.record.families.length },
      { label: 'Program', value: programmesOf(household.programmes).join(', ') || 'Tidak ada' },
      { label: 'Hasil kunjungan', value: outcomeLabel(household.outcome) },
      { label: 'Petugas', value: household.officerName },
      { label: 'Dicatat sejak', value: formatDate(household.createdAt) },
    ]} />
  </Card>
)

const Photos = ({ household: { regionCode, photos, visit } }: Props) => (
  <Card title="Foto kunjungan terakhir yang disetujui">
    {visit && photos.length > 0
      ? (
        <>
          <p class="hint">{formatDateTime(visit.submittedAt, zoneOf(regionCode))}{visit.officerName && `, ${visit.officerName}`}</p>
          <PhotoGrid>
            {PHOTO_KINDS.filter(({ code }) => photos.some(({ kind }) => kind === code))
              .map(({ code, label }) => <Photo src={`/files/visits/${visit.id}/${code}`} alt={label} caption={label} />)}
          </PhotoGrid>
        </>
      )
      : <p class="hint">Belum ada kunjungan yang disetujui.</p>}
  </Card>
)

const Stages = ({ household: { regionCode, timeline } }: Props) => (
  <Card title="Perjalanan data">
    <Timeline items={timeline.map(({ to, at, note, by }) => ({
      at: formatDateTime(at, zoneOf(regionCode)), iso: at, title: STAGE_WORDS[to], by: by ?? 'Sistem', note: note || undefined, tone: stageTone(to),
    }))} />
  </Card>
)
