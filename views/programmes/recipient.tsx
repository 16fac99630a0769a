import type { RecipientPage as Page } from '#app/programmes/recipient-page.ts'
import { Numbers } from '#views/households/numbers.tsx'
import { listTrail, PHASES, STATUSES } from '#views/programmes/labels.ts'
import { startHref } from '#views/programmes/links.ts'
import { Badge, Notice } from '#views/ui/badge.tsx'
import { LinkButton } from '#views/ui/button.tsx'
import { formatDate, formatDateTime } from '#views/ui/format.ts'
import { Card, Columns, Facts, PageHead, Stack, Timeline } from '#views/ui/page.tsx'
import type { Child } from '#views/ui/types.ts'

type Props = { page: Page, panels: Child[], mayPropose: boolean, againHref?: string }

export const RecipientPage = ({ page, panels, mayPropose, againHref }: Props) => {
  const { recipient, programme, places, full } = page
  const { label, phase } = programme.states[recipient.state] ?? { label: recipient.state, phase: recipient.phase }
  return (
    <Stack>
      <PageHead title={recipient.name} trail={listTrail(programme.code)} badge={<Badge tone={PHASES[phase].tone}>{label}</Badge>} lead={[recipient.address, ...places].filter(Boolean).join(', ')} />
      {(recipient.householdId !== null || !page.mayUnmask) && <Numbers action={`/programmes/${recipient.programme}/recipients/${recipient.id}/numbers`} isShown={full} mayUnmask={page.mayUnmask} againHref={againHref} />}
      {recipient.householdId === null && <Notice tone="warn" title="Tidak ditemukan di registri"><p>Penerima ini belum terhubung dengan rumah tangga mana pun. Periksa NIK dan Nomor KK-nya.</p></Notice>}
      <Columns kind="side">
        <Stack>
          <About page={page} />
          {panels}
        </Stack>
        <Stack>
          {(page.open.length > 0 || (mayPropose && Object.keys(programme.changes).length > 0)) && <Changes page={page} mayPropose={mayPropose} />}
          <History page={page} />
        </Stack>
      </Columns>
    </Stack>
  )
}

const About = ({ page: { recipient, programme, household, category, facts } }: { page: Page }) => {
  const isLocal = Object.keys(programme.changes).length === 0
  return (
    <Card title="Penerima">
      <Facts items={[
        ...(category ? [{ label: isLocal ? 'Program' : 'Kategori', value: category, wide: true }] : []),
        ...(isLocal ? [] : [{ label: programme.number, value: recipient.number }]), { label: 'NIK', value: recipient.nik }, { label: 'Nomor KK', value: recipient.kkNumber },
        { label: 'Rumah tangga', value: household && <a href={`/households/${household.id}`}>{household.headName}</a> },
        { label: 'Mulai menerima', value: recipient.startedOn && formatDate(recipient.startedOn) }, ...(recipient.endedOn ? [{ label: 'Berakhir', value: formatDate(recipient.endedOn) }] : []),
        ...facts,
      ]} />
      {recipient.householdId && recipient.familySeq !== null && (
        <p><a href={`/eligibility/families/${recipient.householdId}/${recipient.familySeq}`}>Mengapa berhak atau tidak berhak</a></p>
      )}
    </Card>
  )
}

const Changes = ({ page: { recipient, open, kinds, programme }, mayPropose }: { page: Page, mayPropose: boolean }) => (
  <Card title="Usulan">
    <Stack>
      {open.map(({ id, kind, status }) => (
        <Notice title="Ada usulan yang belum selesai"><p><a href={`/programmes/changes/${id}`}>{programme.changes[kind]?.label ?? kind}</a>: {STATUSES[status].label}</p></Notice>
      ))}
      {open.length === 0 && mayPropose && kinds.length === 0 && <p class="hint">Dari keadaan ini tidak ada perubahan yang dapat diusulkan.</p>}
      {kinds.map(({ code, label, hint, replaces }) => (
        <div>
          <LinkButton href={startHref(recipient.programme, { kind: code, ...(replaces ? { replaced: recipient.id } : { recipient: recipient.id }) })}>{label}</LinkButton>
          {replaces ? <p class="hint">{`${programme.unit === 'family' ? 'Keluarga' : 'Orang'} lain dari registri mengambil tempat ${recipient.name}.`}</p> : hint && <p class="hint">{hint}</p>}
        </div>
      ))}
    </Stack>
  </Card>
)

const History = ({ page: { events } }: { page: Page }) => (
  <Card title="Riwayat">
    <Timeline items={events.map(({ label, toPhase, at, by, note, reason, cause }) => ({
      at: formatDateTime(at), iso: at, title: label, by: by ?? 'Sistem', tone: PHASES[toPhase].tone,
      note: reason || note || cause.startsWith('change:') ? <>{[reason, note].filter(Boolean).join('. ')}{cause.startsWith('change:') && <> <a href={`/programmes/changes/${cause.slice(7)}`}>Lihat usulan</a></>}</> : undefined,
    })).reverse()} />
  </Card>
)
