import { Notice } from '#views/ui/badge.tsx'
import { Confirm, LinkButton, PostButton } from '#views/ui/button.tsx'
import { formatAge, formatBytes, formatDateTime } from '#views/ui/format.ts'
import { Card, Facts, PageHead, Stack } from '#views/ui/page.tsx'
import { DeliveryList, type DeliveryLine } from '#views/offline/deliveries.tsx'
import { Journal, type JournalLine } from '#views/offline/journal.tsx'
import { NewPinForm } from '#views/offline/pin.tsx'
import { SendingState, type Sending } from '#views/offline/sending.tsx'

// copies: visits whose copy could make room.
export type Storage = { kept: boolean | null, used: number | null, quota: number | null, copies: number }
export type DeviceProps = {
  name: string, now: string, sending: Sending, deliveries: DeliveryLine[], journal: JournalLine[], storage: Storage
  pack: { freshAt: string, tasks: number | null, bytes: number }, hasNewVersion: boolean, pinErrors?: Record<string, string>
}

// All the officer should know of what lies on this phone, the most pressing first.
export const DevicePage = ({ name, now, sending, deliveries, journal, storage, pack, hasNewVersion, pinErrors }: DeviceProps) => (
  <>
    <PageHead title="HP ini" trail={[{ href: '/field', label: 'Tugas' }]} lead={`Data ${name} di HP ini, dan apa yang belum sampai di server.`} />
    <Stack>
      {hasNewVersion && <NewVersion />}
      <Outgoing sending={sending} deliveries={deliveries} />
      <Card title="Data desa">
        {pack.tasks === null && <Notice tone="bad"><p>Daftar tugas di HP ini tidak terbaca. Isian dan kiriman Anda tidak ikut rusak. Perbarui saat ada sinyal.</p></Notice>}
        <Facts items={[
          { label: 'Tugas di HP', value: pack.tasks === null ? 'Tidak terbaca' : `${pack.tasks} rumah tangga` },
          { label: 'Terakhir diperbarui', value: `${formatDateTime(pack.freshAt)} (${formatAge(pack.freshAt, now)})` },
          { label: 'Ukuran di HP', value: formatBytes(pack.bytes) },
        ]} />
        <p>Pembaruan mengambil tugas baru dan catatan pemeriksa. Isian yang sedang Anda kerjakan tidak tersentuh.</p>
        <PostButton action="/field/device/refresh" tone="secondary">Perbarui data desa</PostButton>
      </Card>
      <Card title="Catatan pengiriman" id="catatan"><Journal lines={journal} /></Card>
      <StorageCard {...storage} />
      <Card title="Kunci HP">
        <p>Data di HP ini terkunci sendiri bila lama tidak dipakai. Kunci sebelum HP dipinjam orang lain.</p>
        <PostButton action="/field/device/lock" tone="secondary">Kunci sekarang</PostButton>
        <Confirm label="Ganti PIN" open={pinErrors !== undefined}><NewPinForm errors={pinErrors} /></Confirm>
      </Card>
    </Stack>
  </>
)

const NewVersion = () => (
  <Notice tone="info" title="Versi baru SIKS sudah siap di HP ini">
    <p>Isian, foto, dan kiriman Anda tetap ada. Selesaikan dahulu halaman yang sedang diisi.</p>
    <PostButton action="/field/device/update" data-new-version="yes">Pakai versi baru</PostButton>
  </Notice>
)

const Outgoing = ({ sending, deliveries }: { sending: Sending, deliveries: DeliveryLine[] }) => (
  <Card title="Kiriman">
    <SendingState {...sending} />
    <DeliveryList lines={deliveries} />
    <div class="action-bar">
      <PostButton action="/field/device/sync" tone={sending.waiting > 0 ? 'primary' : 'secondary'} data-send-now="yes">Kirim sekarang</PostButton>
      <LinkButton href="/field/device/file">Simpan ke berkas</LinkButton>
    </div>
    <p class="hint">Tidak ada sinyal berhari-hari? Simpan ke berkas, lalu serahkan lewat USB atau aplikasi pesan ke kecamatan atau kabupaten.</p>
  </Card>
)

const KEPT = { true: 'Ya. Peramban berjanji tidak menghapus data ini.', false: 'Belum. Peramban boleh menghapusnya bila HP penuh.', null: 'Peramban ini tidak bisa berjanji.' }

const LITTLE_ROOM = 20_000_000

const StorageCard = ({ kept, used, quota, copies }: Storage) => (
  <Card title="Penyimpanan HP">
    <Facts items={[
      { label: 'Dijaga peramban', value: KEPT[`${kept}`] },
      { label: 'Terpakai', value: used === null ? 'Tidak diketahui' : formatBytes(used) },
      { label: 'Masih tersedia', value: quota === null || used === null ? 'Tidak diketahui' : formatBytes(Math.max(0, quota - used)) },
    ]} />
    {quota !== null && used !== null && quota - used < LITTLE_ROOM && (
      <Notice tone="warn" title="Penyimpanan HP hampir penuh"><p>Hapus video dan foto lain di HP{copies > 0 && ', atau buat ruang dari salinan kunjungan'}. Isian, foto, dan kiriman yang sudah tersimpan tetap ada.</p></Notice>
    )}
    {copies > 0 && (
      <>
        <p>{copies} kunjungan sudah lengkap di server dan salinannya masih disimpan di HP beberapa hari. Bila HP penuh, salinan itu bisa dihapus sekarang; perlu sinyal.</p>
        <PostButton action="/field/device/room" tone="secondary">Buat ruang</PostButton>
      </>
    )}
    {kept === false && (
      <>
        <p>Agar lebih aman, pasang SIKS di layar utama HP (menu peramban, “Tambahkan ke layar utama”), lalu tekan tombol ini.</p>
        <button type="button" class="button secondary" data-persist hidden>Minta peramban menjaga data</button>
      </>
    )}
  </Card>
)
