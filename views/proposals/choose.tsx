import type { ListedHousehold } from '#app/households/households.ts'
import type { DescribedHousehold } from '#app/proposals/drafting.ts'
import type { BriefProposal } from '#app/proposals/proposals.ts'
import type { ForProposal } from '#app/reports/reports.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { HiddenField, TextField } from '#views/ui/field.tsx'
import { Filters } from '#views/ui/form.tsx'
import { formatDate, maskNik } from '#views/ui/format.ts'
import { Card, EmptyState, Facts, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'
import { KINDS, STATUSES } from '#views/proposals/labels.ts'
import { newHref } from '#views/proposals/links.ts'

type Kind = keyof typeof KINDS
const CHANGES: Kind[] = ['correction', 'birth', 'death', 'marriage', 'member_move', 'family_split', 'family_merge', 'household_move', 'deactivation']

type SearchProps = { q: string, found: ListedHousehold[], action: string, keep?: Record<string, string | undefined>, hrefOf: (id: string) => string, label: string }

// Looking for a household in one's own places: plain GET, so it works with the back button and without script.
export const HouseholdSearch = ({ q, found, action, keep = {}, hrefOf, label }: SearchProps) => (
  <Stack>
    <Filters action={action} label={label}>
      {Object.entries(keep).map(([name, value]) => value && <HiddenField name={name} value={value} />)}
      <TextField name="q" type="search" label={label} value={q} maxlength={100} autocomplete="off" hint="Nama, NIK, Nomor KK, atau alamat." />
    </Filters>
    {q && found.length === 0 && <EmptyState title="Tidak ada rumah tangga yang cocok">Periksa ejaan, atau ajukan sebagai usulan baru.</EmptyState>}
    {found.length > 0 && (
      <Table caption="Hasil pencarian" columns={['Kepala rumah tangga', 'Alamat', { label: 'ART', align: 'right' }, { label: 'Pilih', hide: true }]}>
        {found.map((household) => (
          <Row>
            <Cell label="Kepala rumah tangga" lead>{household.headName}<br /><small class="hint">{maskNik(household.headNik)}</small></Cell>
            <Cell label="Alamat">{household.address}<br /><small class="hint">{household.village}</small></Cell>
            <Cell label="ART" align="right">{household.memberCount}</Cell>
            <Cell label="Pilih" actions><LinkButton href={hrefOf(household.id)} small aria-label={`Pilih ${household.headName}`}>Pilih</LinkButton></Cell>
          </Row>
        ))}
      </Table>
    )}
  </Stack>
)

type ChooseProps = { mayReach: boolean, q: string, found: ListedHousehold[], household?: DescribedHousehold, open: BriefProposal[], report?: ForProposal, kind?: string }

// First the household, then what happened to it.
export const ChooseProposal = ({ mayReach, q, found, household, open, report: answered, kind }: ChooseProps) => {
  const report = answered?.id
  return (
    <Stack>
      <PageHead title="Ajukan usulan" trail={[{ href: '/proposals', label: 'Usulan perubahan' }]}
        lead={household ? 'Apa yang terjadi pada rumah tangga ini?' : 'Cari rumah tangganya dahulu, lalu pilih apa yang terjadi.'} />
      {answered && <ReportNotice report={answered} />}
      {household
        ? <><About household={household} open={open} /><Kinds household={household} report={report} /></>
        : (
          <>
            <Card title="Rumah tangga yang sudah ada">
              <HouseholdSearch q={q} found={found} action="/proposals/new" keep={{ report, kind }} label="Cari rumah tangga"
                hrefOf={(id) => kind ? newHref(kind, { household: id, report }) : `/proposals/new?${new URLSearchParams({ household: id, ...(report && { report }) })}`} />
            </Card>
            {mayReach && (
              <Card title="Rumah tangga yang datang dari desa lain">
                <p>Sudah tinggal di desa Anda, tetapi masih tercatat di desa lain: cari dengan NIK atau Nomor KK yang lengkap. Desa asal kemudian melepasnya.</p>
                <LinkButton href={`/proposals/lookup?${new URLSearchParams({ kind: 'household_move', ...(report && { report }) })}`}>Cari dengan nomor</LinkButton>
              </Card>
            )}
            <Card title="Rumah tangga yang belum ada di data">
              <p>Usulan baru berisi kepala, alamat, dan anggota. Sesudah disetujui Dinsos, rumah tangga itu masuk prelist desa dan dikunjungi.</p>
              <LinkButton href={newHref('new', { report })}>Usulan baru</LinkButton>
            </Card>
          </>
        )}
    </Stack>
  )
}

// The usul or sanggah that is answered. It proves nothing by itself.
export const ReportNotice = ({ report: { id, number, subjectName, subjectAddress, statement } }: { report: ForProposal }) => (
  <Notice title={`Menanggapi laporan warga nomor ${number}`}>
    <p>{subjectName}{subjectAddress && `, ${subjectAddress}`}: {statement}</p>
    <p><a href={`/reports/${id}`}>Buka laporan</a></p>
  </Notice>
)

const Kinds = ({ household, report }: { household: DescribedHousehold, report?: string }) => (
  <Card title="Jenis usulan">
    <ul class="stack">
      {(household.inactive ? ['reactivation' as const] : CHANGES).map((kind) => (
        <li><a href={newHref(kind, { household: household.id, report })}><strong>{KINDS[kind].label}</strong></a><br /><small class="hint">{KINDS[kind].about}</small></li>
      ))}
    </ul>
  </Card>
)

// The household a form is about, and what else is under way with it.
export const About = ({ household, open, title = 'Rumah tangga' }: { household: DescribedHousehold, open: BriefProposal[], title?: string }) => (
  <Stack>
    <Card title={title} actions={household.inactive && <Badge tone="bad">Nonaktif</Badge>}>
      <Facts compact items={[
        { label: 'Kepala rumah tangga', value: <a href={`/households/${household.id}`}>{household.headName}</a> },
        { label: 'Alamat', value: [household.address, ...household.places].filter(Boolean).join(', '), wide: true },
        { label: 'Anggota', value: household.memberCount }, { label: 'Versi data induk', value: household.version },
        ...(household.inactive ? [{ label: 'Nonaktif sejak', value: formatDate(household.inactive.since) }] : []),
      ]} />
    </Card>
    {open.length > 0 && (
      <Notice tone="warn" title="Rumah tangga ini sudah punya usulan yang berjalan">
        <ul>{open.map(({ id, kind, status }) => <li><a href={`/proposals/${id}`}>{KINDS[kind].label}</a>: {STATUSES[status].label}</li>)}</ul>
        <p>Usulan lain baru dihimpun sesudah yang lebih dahulu ditetapkan.</p>
      </Notice>
    )}
  </Stack>
)
