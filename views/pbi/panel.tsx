import type { Reactivation } from '#app/pbi/deadlines.ts'
import type { Baby } from '#app/pbi/newborns.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDate, formatNumber } from '#views/ui/format.ts'
import { Card, Facts } from '#views/ui/page.tsx'
import { Cell, Row, Table } from '#views/ui/table.tsx'

export type Standing = { at: string, label: string, segment: string, note: string }
type Props = { recipient: Recipient, segment: string, standings: Standing[], babies: Baby[], reactivation?: Reactivation, late: { id: string, dueOn: string, overdue: boolean }[], mayPropose: boolean }

// The card, the segment through time, the babies of the family, and how long a reactivation is still possible.
export const PbiPanel = ({ recipient, segment, standings, babies, reactivation, late, mayPropose }: Props) => (
  <>
    <Card title="Kepesertaan JKN" id="kepesertaan">
      <Facts items={[
        { label: 'No. kartu JKN', value: recipient.number ?? 'belum ada' }, { label: 'Segmen', value: segment },
        { label: 'Berlaku mulai', value: recipient.startedOn && formatDate(recipient.startedOn) }, { label: 'Berakhir', value: recipient.endedOn && formatDate(recipient.endedOn) },
      ]} />
      {reactivation && <Term reactivation={reactivation} recipient={recipient} mayPropose={mayPropose} />}
      {late.map(({ id, dueOn, overdue }) => (
        <Notice tone={overdue ? 'bad' : 'info'}><p><a href={`/programmes/changes/${id}`}>Usulan reaktivasi</a> {overdue ? `terlambat: seharusnya selesai ${formatDate(dueOn)}.` : `harus selesai paling lambat ${formatDate(dueOn)}.`}</p></Notice>
      ))}
      {standings.length > 0 && (
        <Table caption="Riwayat status dan segmen" dense columns={['Tanggal', 'Status', 'Segmen', 'Keterangan']}>
          {standings.map(({ at, label, segment: then, note }) => (
            <Row><Cell label="Tanggal" lead>{formatDate(at)}</Cell><Cell label="Status">{label}</Cell><Cell label="Segmen">{then || '–'}</Cell><Cell label="Keterangan">{note || '–'}</Cell></Row>
          ))}
        </Table>
      )}
    </Card>
    {recipient.state === 'active' && recipient.familySeq !== null && <Babies recipient={recipient} babies={babies} mayPropose={mayPropose} />}
  </>
)

const Term = ({ reactivation: { endedOn, lastDay, daysLeft, open, months }, recipient: { id }, mayPropose }: { reactivation: Reactivation, recipient: Recipient, mayPropose: boolean }) => open
  ? (
    <Notice tone={daysLeft <= 14 ? 'warn' : 'info'} title={daysLeft === 0 ? 'Hari ini hari terakhir reaktivasi' : `Reaktivasi masih ${formatNumber(daysLeft)} hari lagi`}>
      <p>Dinonaktifkan {formatDate(endedOn)}. Reaktivasi dapat diusulkan paling lambat {formatDate(lastDay)} ({formatNumber(months)} bulan), dengan surat fasilitas kesehatan dan surat keterangan Dinsos.</p>
      {mayPropose && <p><LinkButton href={`/programmes/pbi/changes/new?kind=reactivation&recipient=${id}`} tone="primary">Usulkan reaktivasi</LinkButton></p>}
    </Notice>
  )
  : <Notice title="Batas reaktivasi sudah lewat"><p>Dinonaktifkan {formatDate(endedOn)}; reaktivasi hanya sampai {formatDate(lastDay)}. Bila masih memerlukan, usulkan sebagai penambahan baru.</p></Notice>

export const BABY_WORDS: Record<Baby['state'], string> = { stands: 'Sudah peserta atau usulan', proposed: 'Sedang diusulkan', free: 'Belum diusulkan' }

const Babies = ({ recipient, babies, mayPropose }: { recipient: Recipient, babies: Baby[], mayPropose: boolean }) => (
  <Card title="Bayi dalam keluarga ini" id="bayi" actions={mayPropose && <LinkButton href={`/pbi/newborns/${recipient.id}`} small>Usulkan bayi</LinkButton>}>
    {babies.length === 0 ? <p class="hint">Tidak ada anak di bawah satu tahun dalam keluarga ini menurut registri. Bayi yang baru lahir dapat diusulkan dari sini.</p> : <BabyTable babies={babies} />}
  </Card>
)

export const BabyTable = ({ babies, mayPropose }: { babies: Baby[], mayPropose?: boolean }) => (
  <Table caption="Anak di bawah satu tahun menurut registri" dense columns={['Nama', 'Lahir', 'PBI-JK', ...(mayPropose ? [{ label: 'Tindakan', hide: true }] : [])]}>
    {babies.map((baby) => (
      <Row>
        <Cell label="Nama" lead>{baby.name}</Cell>
        <Cell label="Lahir">{formatDate(baby.birthDate)}</Cell>
        <Cell label="PBI-JK"><Badge tone={baby.state === 'free' ? 'warn' : 'good'}>{BABY_WORDS[baby.state]}</Badge></Cell>
        {mayPropose && <Cell label="Tindakan" actions>{baby.state === 'free' && <LinkButton href={proposeHref(baby)} small tone="primary">Usulkan {baby.name}</LinkButton>}</Cell>}
      </Row>
    ))}
  </Table>
)

export const proposeHref = ({ householdId, familySeq, seq }: Baby) => `/programmes/pbi/changes/new?${new URLSearchParams({ kind: 'newborn', household: householdId, family: String(familySeq), member: String(seq) })}`
