using System.Text.Json;
using System.Text.Json.Serialization;

namespace Delegation.Persistence.Evidence;

/// <summary>What an evidence pack says of itself: the file <c>manifest.json</c>, the last in it.</summary>
/// <param name="Format">Always <see cref="CurrentFormat"/>.</param>
/// <param name="MissionId">For which audit mission.</param>
/// <param name="DelegationId">About which delegation.</param>
/// <param name="CreateTime">When it was made.</param>
/// <param name="Files">All other files, in their order.</param>
/// <param name="Missing">What a pack of this mission would have and this one has not, and why.</param>
public sealed record PackManifest(
    string Format, Guid MissionId, Guid DelegationId, DateTime CreateTime, IReadOnlyList<PackedFile> Files, IReadOnlyList<MissingPart> Missing)
{
    /// <summary>The format of the packs that this release makes and reads.</summary>
    public const string CurrentFormat = "delegation.evidence.v1";

    /// <summary>Where the manifest is.</summary>
    public const string Path = "manifest.json";

    /// <summary>Where the chains are: one file for each service.</summary>
    public const string ChainFolder = "journal/";

    /// <summary>The end of the names of chains.</summary>
    public const string ChainEnding = ".chain.ndjson";

    /// <summary>Its bytes, for people to read too.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, PackJson.Default.PackManifest);

    /// <exception cref="JsonException">It is no manifest.</exception>
    public static PackManifest Parse(Stream json) =>
        JsonSerializer.Deserialize(json, PackJson.Default.PackManifest) is { Files: not null, Missing: not null } manifest ? manifest : throw new JsonException("The manifest is empty.");
}

/// <summary>A file of a pack.</summary>
/// <param name="Path">Its name in the archive.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">64 lowercase hexadecimal digits.</param>
/// <param name="About">What it is.</param>
public sealed record PackedFile(string Path, long Bytes, string Sha256, string About);

/// <summary>What a pack does not have.</summary>
/// <param name="Part">Which part.</param>
/// <param name="Reason">Why.</param>
public sealed record MissingPart(string Part, string Reason);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(PackManifest))]
internal sealed partial class PackJson : JsonSerializerContext;
