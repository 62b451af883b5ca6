using Delegation.Persistence.Commands;
using Delegation.Persistence.Stored;
using Delegation.Reporting.V1;
using Google.Protobuf;

namespace Delegation.Reporting.Imports;

/// <summary>A revision of a mapping, as the table <c>import_mapping</c> has it.</summary>
/// <param name="OwnerId">The delegate.</param>
/// <param name="Id">The mapping.</param>
/// <param name="Revision">Which revision.</param>
/// <param name="Kind">As it is stored.</param>
/// <param name="Name">What the delegate calls the format.</param>
/// <param name="Content">Columns and values, as the message in JSON.</param>
internal sealed record ImportMappingRow(Guid OwnerId, Guid Id, int Revision, string Kind, string Name, string Content)
{
    private static readonly JsonParser Tolerant = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>The first revision, or the next one, of what was read and found right.</summary>
    public static ImportMappingRow Of(ImportMapping mapping, Guid ownerId, Guid id, int revision) => new(
        ownerId, id, revision, mapping.Kind.Stored(), mapping.Name, JsonFormatter.Default.Format(new ImportMapping { Columns = { mapping.Columns }, Values = { mapping.Values } }));

    public ImportMapping ToMessage()
    {
        var message = Tolerant.Parse<ImportMapping>(Content);
        message.Id = Id.ToString();
        message.Kind = StoredNames.Read<Import.Types.Kind>(Kind);
        message.Name = Name;
        message.Etag = Etag.Of(Id, Revision);
        return message;
    }
}
