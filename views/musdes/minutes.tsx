import type { PrintedMinutes } from '#app/musdes/printing.ts'
import type { Decision } from '#app/musdes/rows.ts'
import { ATTENDANCE_LABELS, remarksOf, RESULTS } from '#views/musdes/labels.ts'
import { PrintButton } from '#views/ui/button.tsx'
import { Letterhead, Sheet, Signatures } from '#views/ui/document.tsx'
import { formatDate, formatDateTime, formatNumber } from '#views/ui/format.ts'
import { Facts, PageHead } from '#views/ui/page.tsx'

// Berita acara: the meeting in words, the numbers, and the list by result, to be signed and uploaded again.
export const MinutesPaper = ({ meeting, places, tally, decisions, printedAt, printedBy }: PrintedMinutes) => {
  const [province = '', regency = '', district = '', village = ''] = places
  return (
    <div class="stack">
      <div class="screen-only">
        <PageHead title="Berita acara musdes" actions={<PrintButton>Cetak</PrintButton>} lead="Cetak, tandatangani, lalu unggah kembali di halaman musdes. Pencetakan ini tercatat."
          trail={[{ href: '/musdes', label: 'Musdes/muskel' }, { href: `/musdes/${meeting.id}`, label: meeting.minutesNumber }]} />
      </div>
      <Sheet>
        <Letterhead title="Berita acara musyawarah desa/kelurahan" number={meeting.minutesNumber}
          lines={[province, regency, `Kecamatan ${district}`, `Desa/Kelurahan ${village}`]} />
        <p>{`Pada tanggal ${formatDate(meeting.heldOn)}, pukul ${meeting.startedAt.replace(':', '.')} sampai ${meeting.endedAt.replace(':', '.')}, bertempat di ${meeting.place}, `
          + `telah dilaksanakan musyawarah desa/kelurahan yang dipimpin oleh ${meeting.chairName} (${meeting.chairPosition}) untuk membahas prelist dan usulan baru, dengan kehadiran:`}</p>
        <Facts compact items={Object.entries(ATTENDANCE_LABELS).map(([key, label]) => ({ label, value: `${formatNumber(meeting.attendance[key] ?? 0)}${key.endsWith('Total') ? '' : ' orang'}` }))} />
        <p>{`Musyawarah membahas ${formatNumber(decisions.length)} rumah tangga dengan hasil: ${([1, 2, 3, 4] as const).map((status) => `${RESULTS[status]!.toLowerCase()} ${formatNumber(tally[status])}`).join(', ')}.`}</p>
        {([1, 2, 3, 4] as const).map((status) => <DecisionTable status={status} decisions={decisions.filter((decision) => decision.status === status)} />)}
        <Signatures items={[
          { place: `${village}, …………………… 20……`, role: meeting.chairPosition, name: meeting.chairName },
          ...(/lurah|kepala desa|kades/i.test(meeting.chairPosition) ? [] : [{ role: 'Kepala desa/lurah', name: '' }]), { role: 'Wakil peserta', name: '' }, { role: 'Petugas pendata', name: '' },
        ]} />
        <p class="hint">{`Dicetak ${formatDateTime(printedAt)} oleh ${printedBy}.`}</p>
      </Sheet>
    </div>
  )
}

const DecisionTable = ({ status, decisions }: { status: number, decisions: Decision[] }) => decisions.length === 0 ? null : (
  <div class="table-frame" tabindex={0} role="region" aria-label="Tabel, dapat digeser ke samping">
    <table>
      <caption>{`${RESULTS[status]} (${formatNumber(decisions.length)})`}</caption>
      <thead><tr>{['No', 'ID prelist', 'Nama kepala rumah tangga', 'Alamat', 'Keterangan'].map((label) => <th scope="col">{label}</th>)}</tr></thead>
      <tbody>
        {decisions.map((decision, i) => (
          <tr>
            <td>{i + 1}</td><td>{decision.prelistId ?? 'Usulan baru'}</td><td>{decision.headName}</td>
            <td>{[decision.address, decision.slsName].filter(Boolean).join(', ')}</td><td>{remarksOf(decision) || '\u00a0'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
