import type { Losses } from '#app/backup/losses.ts'
import type { Warning } from '#app/operation/view.ts'
import { CLOCK_STEP, FOLLOWERS, NATION_AWAY, RENEW, RESTART, SETTING } from '#views/operation/labels.ts'
import { Notice, type Tone } from '#views/ui/badge.tsx'
import { formatBytes, formatDateTime, formatNumber } from '#views/ui/format.ts'

type Said = { tone: Tone, title: string, text: string }

function lostWords({ missing, changed, gone }: Losses): string {
  const what = [missing > 0 && `${formatNumber(missing)} hilang`, changed > 0 && `${formatNumber(changed)} isinya berubah`].filter(Boolean).join(' dan ')
  const back = missing + changed > gone ? ` Yang utuh tetap disimpan di cadangan. Ambil kembali dengan restore --missing (panduan server, bagian 7), lalu tekan “Cadangkan sekarang”.` : ''
  const lost = gone > 0 ? ` ${formatNumber(gone)} tidak ada di cadangan terakhir: cari di cadangan yang lebih lama dengan --at. Foto kunjungan diminta lagi dari HP petugas yang masih menyimpannya (halaman HP petugas, “Foto hilang di server”).` : ''
  return `Pencadangan terakhir memeriksa berkas di server: ${what}.${back}${lost} Periksa juga kesehatan disknya.`
}

function tell(warning: Warning): Said {
  switch (warning.kind) {
    case 'clock': return {
      tone: 'bad', title: 'Jam server melompat: penghapusan data ditahan',
      text: `Jam server menunjukkan ${formatDateTime(warning.now)}, padahal terakhir tercatat ${formatDateTime(warning.seenAt)}. Sampai dipastikan, tidak ada data yang dihapus menurut masa simpan dan tidak ada laporan atau periode yang ditutup menurut tanggal. ${CLOCK_STEP}`,
    }
    case 'full': return {
      tone: 'bad', title: 'Penyimpanan server penuh: kiriman ditolak',
      text: `Sisa ${formatBytes(warning.disk.free)}. Kunjungan tetap aman di HP dan dikirim lagi nanti. Kosongkan ruang atau besarkan disk sekarang.`,
    }
    case 'low': return {
      tone: 'warn', title: 'Penyimpanan server hampir penuh',
      text: `Sisa ${formatBytes(warning.disk.free)}. Pada sisa ${formatBytes(warning.disk.reserve)} kiriman mulai ditolak. Besarkan disk sebelum itu.`,
    }
    case 'backup-failed': return {
      tone: 'bad', title: 'Cadangan terakhir gagal',
      text: `${formatDateTime(warning.last?.failedAt)}: ${warning.last?.failure ?? ''} Dicoba lagi dua jam setelah gagal. Periksa tujuan cadangan, lalu tekan “Cadangkan sekarang”.`,
    }
    case 'backup-late': return {
      tone: 'bad', title: 'Cadangan terlambat', text: `${warning.last?.fineAt ? `Cadangan utuh terakhir: ${formatDateTime(warning.last.fineAt)}.` : 'Belum pernah ada cadangan yang utuh.'} Tekan “Cadangkan sekarang” di halaman Operasi.`,
    }
    case 'no-backup': return {
      tone: 'warn', title: warning.last?.fineAt ? 'Cadangan tidak dibuat lagi' : 'Belum ada cadangan',
      text: `${warning.last?.fineAt ? `Cadangan utuh terakhir: ${formatDateTime(warning.last.fineAt)}. ` : ''}Bila disk ini rusak, semua data ${warning.last?.fineAt ? 'sesudah itu ' : ''}hilang. Pasang disk lain, tulis foldernya ${SETTING('SIKS_BACKUP_TO')}, ${RENEW}`,
    }
    case 'backup-same-disk': return {
      tone: 'warn', title: 'Cadangan berada di disk yang sama dengan datanya',
      text: `Bila disk ini rusak, data dan cadangannya hilang bersama. Pasang disk lain di ${warning.to} (periksa dengan findmnt), atau tulis tempat lain ${SETTING('SIKS_BACKUP_TO')}, ${RENEW}`,
    }
    case 'files-lost': return { tone: 'bad', title: 'Foto atau berkas di server ini hilang atau rusak', text: lostWords(warning.losses) }
    case 'chain-broken': return {
      tone: 'bad', title: `Jejak audit terputus pada baris ${formatNumber(warning.line)}`,
      text: 'Pencadangan terakhir menemukan isi jejak audit yang berubah setelah ditulis. Jangan hapus cadangan lama; beri tahu auditor, yang membandingkannya dengan segel harian di halaman Jejak audit, dan cari di cadangan mana jejaknya masih utuh.',
    }
    case 'photo-store': return {
      tone: 'bad', title: 'Penyimpanan foto tidak dapat dipakai',
      text: warning.store.to
        ? `Sejak ${formatDateTime(warning.store.run?.fineAt)} foto tidak dapat dikirim ke ${warning.store.to}: ${warning.store.run?.failure ?? ''} Foto baru aman di server ini, tetapi memakan ruangnya. Periksa layanan S3, kunci aksesnya dan jaringan; pengiriman dicoba lagi sendiri.`
        : `${formatNumber(warning.store.counts.freedFiles)} berkas lama hanya ada di penyimpanan foto, tetapi alamat penyimpanan itu tidak tertulis lagi di pengaturan server, jadi tidak dapat dibuka. Kembalikan seperti semula ${SETTING('SIKS_PHOTOS')}, ${RENEW}`,
    }
    case 'nation-away': return {
      tone: 'bad', title: 'Data nasional (PostgreSQL) tidak tersambung', text: `${NATION_AWAY}${warning.trouble ? ` ${warning.trouble}` : ''}`,
    }
    case 'backup-without-nation': return {
      tone: 'bad', title: 'Cadangan terakhir tanpa data nasional', text: 'PostgreSQL tidak dapat dihubungi waktu mencadangkan, jadi hanya data server ini yang disalin dan cadangan lama tidak ada yang dibuang. Sesudah PostgreSQL tersambung, tekan “Cadangkan sekarang” di halaman Operasi.',
    }
    case 'stuck': return {
      tone: 'bad', title: 'Pekerjaan latar macet', text: `${warning.names.map((name) => FOLLOWERS[name as keyof typeof FOLLOWERS].label).join(', ')}: lebih dari 10 menit tanpa kemajuan. ${RESTART}`,
    }
  }
}

export const Warnings = ({ warnings, linked }: { warnings: Warning[], linked?: boolean }) => (
  <>
    {warnings.map(tell).map(({ tone, title, text }) => (
      <Notice tone={tone} title={title}><p>{text}{linked && <> <a href="/operation">Buka halaman Operasi</a></>}</p></Notice>
    ))}
  </>
)
