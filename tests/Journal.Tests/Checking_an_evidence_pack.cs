using System.Text;
using System.Text.Json.Nodes;
using Delegation.Journal.V1;
using Delegation.Persistence.Evidence;
using Google.Protobuf;

namespace Delegation.Journal.Tests;

/// <summary>An evidence pack is checked without a database, and whatever was done to it is named.</summary>
public sealed class Checking_an_evidence_pack
{
    private const string Chain = "journal/contracts.chain.ndjson";

    [Fact]
    public async Task An_untouched_pack_is_valid_and_says_what_was_checked()
    {
        var pack = await MadeUpPack.MakeAsync(1);

        var report = MadeUpPack.Verify(pack.Bytes, pack.ManifestSha256);

        Assert.Empty(report.Faults);
        Assert.Equal((5, pack.ManifestSha256), (report.Files, report.ManifestSha256));
        Assert.InRange(report.Shown, 1, report.Links - 1);
    }

    [Fact]
    public async Task Whatever_is_done_to_a_file_is_named_with_the_file()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var files = MadeUpPack.Unpack((await MadeUpPack.MakeAsync(seed)).Bytes);
            var name = files.Keys.Where(name => name != PackManifest.Path).Order().ElementAt(random.Next(files.Count - 1));
            switch (random.Next(4))
            {
                case 0:
                    files[name][random.Next(files[name].Length)] ^= (byte)random.Next(1, 256);
                    break;
                case 1:
                    files[name] = files[name][..^1];
                    break;
                case 2:
                    files.Remove(name);
                    break;
                default:
                    files[name += ".copy"] = [1];
                    break;
            }

            Assert.Contains(MadeUpPack.Verify(MadeUpPack.Pack(files)).Faults, fault => fault.StartsWith($"{name}: ", StringComparison.Ordinal));
        }
    }

    /// <summary>Somebody who makes a manifest that fits a changed journal still has the chain against them.</summary>
    [Fact]
    public async Task Whatever_is_done_to_a_link_is_named_with_its_place_though_the_manifest_fits()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var files = MadeUpPack.Unpack((await MadeUpPack.MakeAsync(seed)).Bytes);
            var links = Encoding.UTF8.GetString(files[Chain]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(ChainLink.Parser.ParseJson).ToList();
            Tamper(links, random);
            files[Chain] = Encoding.UTF8.GetBytes(string.Concat(links.Select(link => JsonFormatter.Default.Format(link) + "\n")));
            files[PackManifest.Path] = Fitting(files);

            var report = MadeUpPack.Verify(MadeUpPack.Pack(files));

            Assert.Matches($"^{Chain}: line [0-9]+, position ", Assert.Single(report.Faults));
        }
    }

    [Fact]
    public async Task A_pack_that_was_made_anew_is_known_by_the_digest_of_its_manifest()
    {
        var pack = await MadeUpPack.MakeAsync(1);
        var files = MadeUpPack.Unpack(pack.Bytes);
        files["dictionary.md"] = "Rien à signaler."u8.ToArray();
        files[PackManifest.Path] = Fitting(files);
        var forged = MadeUpPack.Pack(files);

        Assert.Empty(MadeUpPack.Verify(forged).Faults);
        Assert.StartsWith("manifest.json: it is another one than was known", Assert.Single(MadeUpPack.Verify(forged, pack.ManifestSha256).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_pack_is_said_to_be_none()
    {
        var pack = (await MadeUpPack.MakeAsync(1)).Bytes;

        Assert.StartsWith("the archive: ", Assert.Single(MadeUpPack.Verify([1, 2, 3]).Faults), StringComparison.Ordinal);
        Assert.StartsWith("the archive: ", Assert.Single(MadeUpPack.Verify(pack[..(pack.Length / 2)]).Faults), StringComparison.Ordinal);
        Assert.Equal("manifest.json: it is not there", Assert.Single(MadeUpPack.Verify(MadeUpPack.Pack([])).Faults));
    }

    [Fact]
    public async Task The_command_checks_a_pack_without_a_database()
    {
        var pack = await MadeUpPack.MakeAsync(1);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");
        try
        {
            await File.WriteAllBytesAsync(file, pack.Bytes);
            using (var untouched = JournalCommand.StartPack(file, pack.ManifestSha256))
                Assert.Equal((0, "Valid"), await untouched.ResultAsync());

            var files = MadeUpPack.Unpack(pack.Bytes);
            files["dictionary.md"][0] ^= 1;
            await File.WriteAllBytesAsync(file, MadeUpPack.Pack(files));
            using var altered = JournalCommand.StartPack(file);
            Assert.Equal((1, "dictionary.md: it does not have the SHA-256 of the manifest"), await altered.ResultAsync());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Tamper(List<ChainLink> links, Random random)
    {
        var place = random.Next(1, links.Count - 1);
        var link = links[place];
        switch (random.Next(5))
        {
            case 0:
                links.RemoveAt(place);
                break;
            case 1:
                (links[place], links[place - 1]) = (links[place - 1], links[place]);
                break;
            case 2:
                links.Insert(place, link.Clone());
                break;
            case 3:
                link.Digest = ByteString.CopyFrom([.. link.Digest.Take(31), (byte)(link.Digest[31] ^ 1)]);
                break;
            default:
                links.RemoveAll(other => other.Entry is null && links.IndexOf(other) == place);
                var shown = links.First(other => other.Entry is not null);
                switch (random.Next(4))
                {
                    case 0:
                        shown.Entry.Payload = ByteString.CopyFromUtf8("another event");
                        break;
                    case 1:
                        shown.Entry.PersonId = Guid.NewGuid().ToString();
                        break;
                    case 2:
                        shown.Entry.Revision++;
                        break;
                    default:
                        shown.Entry = null;
                        break;
                }

                break;
        }
    }

    /// <summary>The manifest of a pack with the sizes and digests of these files.</summary>
    private static byte[] Fitting(Dictionary<string, byte[]> files)
    {
        var manifest = JsonNode.Parse(files[PackManifest.Path])!;
        foreach (var file in manifest["files"]!.AsArray())
        {
            var bytes = files[(string)file!["path"]!];
            file["bytes"] = bytes.Length;
            file["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
        }

        return Encoding.UTF8.GetBytes(manifest.ToJsonString());
    }
}
