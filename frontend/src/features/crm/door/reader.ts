import type { BarcodeDetector } from "barcode-detector/ponyfill"
import readerAddress from "zxing-wasm/reader/zxing_reader.wasm?url"

type Detector = Pick<BarcodeDetector, "detect">

/** Reads QR codes off pictures: the browser's own reader where it has one, else one compiled from C++. */
export async function qrReader(): Promise<(picture: HTMLVideoElement) => Promise<string | null>> {
  const detector = (await browsersOwn()) ?? (await compiled())
  return async (picture) => {
    const [found] = await detector.detect(picture)
    return found?.rawValue ?? null
  }
}

async function browsersOwn(): Promise<Detector | null> {
  const Own = (globalThis as { BarcodeDetector?: typeof BarcodeDetector }).BarcodeDetector
  // It may be there and read nothing, where the system has no service for it.
  const formats: readonly string[] = (await Own?.getSupportedFormats().catch(() => null)) ?? []
  return Own && formats.includes("qr_code") ? new Own({ formats: ["qr_code"] }) : null
}

async function compiled(): Promise<Detector> {
  const { BarcodeDetector, prepareZXingModule } = await import("barcode-detector/ponyfill")
  await prepareZXingModule({ overrides: { locateFile: () => readerAddress }, fireImmediately: true })
  return new BarcodeDetector({ formats: ["qr_code"] })
}
