export const QEMU = { command: "qemu-system-riscv32" }
export const CORE_IMAGE = new URL("../../build/rv32/patella.elf", import.meta.url).pathname
