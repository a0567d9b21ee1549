// Decodes FIT files with the official JavaScript SDK: one file in base64 a line in, one JSON document
// a line out. Usage: node decode_fit.mjs FOLDER_OF_THE_SDK
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { Decoder, Stream } = await import(pathToFileURL(`${process.argv[2]}/src/index.js`).href);

for await (const line of createInterface({ input: process.stdin })) {
  const stream = Stream.fromBuffer(Buffer.from(line, "base64"));
  const decoder = new Decoder(stream);
  const isSound = decoder.isFIT() && decoder.checkIntegrity();
  const { messages, errors } = decoder.read({ convertDateTimesToDates: false });
  console.log(JSON.stringify({ isSound, messages, errors: errors.map(String) }));
}
