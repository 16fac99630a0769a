import type { ListedVersion, VersionView } from '#app/households/versions.ts'
import { causeHref, causeLabel } from '#views/households/labels.ts'
import { Numbers } from '#views/households/numbers.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { DiffTable } from '#views/ui/diff.tsx'
import { formatDateTime, formatNumber } from '#views/ui/format.ts'
import { EmptyState, Facts, PageHead, Stack } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

type ListProps = { id: string, headName: string, versions: ListedVersion[] }

export const VersionsPage = ({ id, headName, versions }: ListProps) => (
  <Stack>
    <PageHead title="Riwayat versi" lead="Data induk hanya berubah karena impor, usulan, atau penetapan. Setiap versi menyebut sebabnya dan tidak bisa dihapus."
      trail={[{ href: '/households', label: 'Rumah tangga' }, { href: `/households/${id}`, label: headName }]} />
    <Table caption={`Versi data ${headName}`} hideCaption columns={['Versi', 'Sebab', 'Oleh', 'Waktu', { label: 'Perubahan', align: 'right' }]}>
      {versions.map((version) => (
        <Row>
          <Cell label="Versi" lead><a href={`/households/${id}/versions/${version.version}`}>Versi {version.version}</a></Cell>
          <Cell label="Sebab">{causeLabel(version.cause)}</Cell>
          <Cell label="Oleh">{version.by ?? 'Sistem'}</Cell>
          <Cell label="Waktu"><time datetime={version.createdAt}>{formatDateTime(version.createdAt)}</time></Cell>
          <Cell label="Perubahan" align="right">{version.changes === undefined ? 'Versi pertama' : `${formatNumber(version.changes)} isian`}</Cell>
        </Row>
      ))}
    </Table>
  </Stack>
)

const Cause = ({ cause, readsBatches }: { cause: string, readsBatches: boolean }) => {
  const href = causeHref(cause, readsBatches)
  return href ? <a href={href}>{causeLabel(cause)}</a> : <>{causeLabel(cause)}</>
}

export const VersionPage = ({ version, mayPropose, readsBatches, againHref }: { version: VersionView, mayPropose: boolean, readsBatches: boolean, againHref?: string }) => (
  <Stack>
    <PageHead title={`Versi ${version.version}`} trail={[
      { href: '/households', label: 'Rumah tangga' }, { href: `/households/${version.id}`, label: version.headName },
      { href: `/households/${version.id}/versions`, label: 'Riwayat versi' },
    ]} actions={<><Neighbours version={version} />{mayPropose && version.version < version.newest && (
      <LinkButton href={`/proposals/new/undo?of=version:${version.id}:${version.version}`} tone="quiet">Ajukan kembali ke isi versi ini</LinkButton>
    )}</>} />
    {version.hidesNumbers && <Numbers action={`/households/${version.id}/versions/${version.version}/numbers`} isShown={version.full} mayUnmask={version.mayUnmask} againHref={againHref} />}
    <Facts items={[
      { label: 'Sebab', value: <Cause cause={version.cause} readsBatches={readsBatches} /> },
      { label: 'Oleh', value: version.by ?? 'Sistem' },
      { label: 'Waktu', value: formatDateTime(version.createdAt) },
      { label: 'Perubahan', value: version.first ? 'Versi pertama' : `${formatNumber(version.changes.length)} isian` },
    ]} />
    {version.changes.length === 0
      ? <EmptyState title="Tidak ada isian yang berubah">Versi ini membenarkan data yang sudah ada.</EmptyState>
      : groupsOf(version).map(([section, changes]) => (
        <DiffTable caption={section} rows={changes} beforeLabel={version.first ? 'Semula' : `Versi ${version.version - 1}`} afterLabel={`Versi ${version.version}`} />
      ))}
  </Stack>
)

const Neighbours = ({ version: { id, version, newest } }: { version: VersionView }) => (
  <>
    {version > 1 && <LinkButton href={`/households/${id}/versions/${version - 1}`}>← Versi {version - 1}</LinkButton>}
    {version < newest && <LinkButton href={`/households/${id}/versions/${version + 1}`}>Versi {version + 1} →</LinkButton>}
  </>
)

function groupsOf({ changes }: VersionView) {
  const sections = [...new Set(changes.map(({ section }) => section))]
  return sections.map((section) => [section, changes.filter((change) => change.section === section)] as const)
}
