import type { Why } from '#app/pkh/benefit.ts'
import type { Component } from '#app/pkh/components.ts'
import type { WorkList } from '#app/pkh/work-lists.ts'

export const COMPONENT_LABELS: Record<Component, string> = {
  pregnancy: 'Ibu hamil', early_childhood: 'Anak usia dini', elderly: 'Lanjut usia', disability: 'Disabilitas berat', sma: 'SMA sederajat', smp: 'SMP sederajat', sd: 'SD sederajat',
}

export const WHY_LABELS: Record<Why, string> = {
  counted: 'Dihitung', absent: 'Meninggal atau tidak tinggal di sini lagi', no_birth_date: 'Tanggal lahir belum ada, umurnya tidak dapat dihitung',
  pregnancy_over: 'Kehamilannya didata terlalu lama; perbarui datanya, catat kelahirannya bila sudah',
  no_component: 'Tidak memenuhi komponen mana pun', unpaid: 'Komponennya belum punya indeks bantuan', component_full: 'Batas jumlah untuk komponennya sudah terpenuhi',
  family_full: 'Sudah ada anggota lain sebanyak batas keluarga',
}

export const LISTS: Record<WorkList, { label: string, lead: string, empty: string, kind?: string, action: string }> = {
  validation: {
    label: 'Calon yang perlu divalidasi', kind: 'validation', action: 'Catat validasi', empty: 'Tidak ada calon yang menunggu validasi',
    lead: 'Temui keluarga di rumahnya, cocokkan anggota dan komponennya, lalu catat hasilnya.',
  },
  commitment: {
    label: 'Komitmen yang perlu diverifikasi', action: 'Catat kehadiran', empty: 'Semua komitmen di periode ini sudah dicatat',
    lead: 'Peserta yang kehadiran anggotanya belum dicatat dalam periode PKH yang sedang terbuka.',
  },
  graduation: {
    label: 'Keluarga tanpa komponen', kind: 'graduation_natural', action: 'Usulkan graduasi alamiah', empty: 'Tidak ada peserta tanpa komponen',
    lead: 'Peserta yang menurut registri tidak lagi punya anggota pada komponen PKH. Pastikan datanya benar sebelum mengusulkan graduasi.',
  },
}

export const TRAIL = [{ href: '/programmes', label: 'Program bansos' }, { href: '/programmes/pkh', label: 'PKH' }]
export const recipientTrail = ({ id, name }: { id: string, name: string }) => [...TRAIL, { href: `/programmes/pkh/recipients/${id}`, label: name }]
