using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Delegation.Persistence.Tenancy;
using Delegation.Reporting.Formats;

namespace Delegation.Reporting.Restitution;

/// <summary>All the data of a delegation as an archive, written as it is read: a page of lines is in memory at a time, and a slow reader holds no connection.</summary>
internal sealed class DataArchive(TenantSessions sessions, Caller caller, DataSelection selection)
{
    // Counting reads every line once.
    private static readonly TimeSpan CountLimit = TimeSpan.FromMinutes(10);

    // Archives know no time zone; the same data is the same files.
    private static readonly DateTimeOffset AnyTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The parts of the archive.</summary>
    public async IAsyncEnumerable<byte[]> WriteAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var bytes = new OutgoingBytes();
        var written = new List<WrittenFile>();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in DataFiles.All)
            {
                var (last, counted) = await CountAsync(file, cancellationToken);
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                var totals = new long[counted.Length];
                var size = 0L;
                using (var entry = Entry(archive, file.Name))
                {
                    Put(Csv.Line(file.Columns.Select(column => column.Name)));
                    for (DataLine? after = null; await PageAsync(file, last, after, cancellationToken) is { Count: > 0 } page; after = page[^1])
                    {
                        foreach (var line in page)
                            Add(file, line, totals);

                        Put(string.Concat(page.Select(line => Csv.Line(line.Cells))));
                        yield return bytes.Take();
                    }

                    void Put(string text)
                    {
                        var part = Encoding.UTF8.GetBytes(text);
                        hash.AppendData(part);
                        size += part.Length;
                        entry.Write(part);
                    }
                }

                // What the database counted before is what was read since, page by page: else lines were lost or doubled, and the archive ends here.
                if (!totals.SequenceEqual(counted))
                    throw new InvalidDataException($"{file.Name} has totals {string.Join(' ', totals)} where {string.Join(' ', counted)} were counted.");

                written.Add(new WrittenFile(file, last.ImportId, totals, size, Convert.ToHexStringLower(hash.GetHashAndReset())));
            }

            Text(archive, "dictionary.csv", DataDictionary.Write());
            Text(archive, "manifest.json", DataManifest.Write(selection, written));
        }

        yield return bytes.Take();
    }

    private static void Add(DataFile file, DataLine line, long[] totals)
    {
        totals[0]++;
        var total = 1;
        for (var place = 0; place < file.Columns.Count; place++)
            if (file.Columns[place].IsSummed)
                totals[total++] += long.Parse(line.Cells[place]!, System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task<(LastImport Last, long[] Counted)> CountAsync(DataFile file, CancellationToken cancellationToken)
    {
        await using var session = await sessions.OpenAsync(caller, cancellationToken);
        session.StatementLimit = CountLimit;
        var last = await session.LastImportAsync(file, selection, cancellationToken);
        return (last, await session.CountAsync(file, selection, last, cancellationToken));
    }

    private async Task<IReadOnlyList<DataLine>> PageAsync(DataFile file, LastImport last, DataLine? after, CancellationToken cancellationToken)
    {
        await using var session = await sessions.OpenAsync(caller, cancellationToken);
        return await session.PageAsync(file, selection, last, after, cancellationToken);
    }

    private static void Text(ZipArchive archive, string name, string text)
    {
        using var entry = Entry(archive, name);
        entry.Write(Encoding.UTF8.GetBytes(text));
    }

    private static Stream Entry(ZipArchive archive, string name)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = AnyTime;
        return entry.Open();
    }
}

/// <summary>What the manifest says of a file.</summary>
/// <param name="File">The file.</param>
/// <param name="LastImportId">The last import whose lines are in it; null without any.</param>
/// <param name="Totals">How many lines, and the total of each column that has one.</param>
/// <param name="SizeBytes">Of the file.</param>
/// <param name="Sha256">Of the file.</param>
internal sealed record WrittenFile(DataFile File, Guid? LastImportId, long[] Totals, long SizeBytes, string Sha256);
