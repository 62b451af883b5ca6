using Delegation.Archive.V1;

namespace Delegation.Contracts.Reversibility;

/// <summary>A service that holds a part of the record of a delegation.</summary>
internal sealed record RecordSource(string Service, Archives.ArchivesClient Archives);

/// <summary>All of them, in the order in which they are in the archive. Their addresses are needed when they are asked, and not before.</summary>
internal sealed class RecordSources(IReadOnlyList<string> services, Func<string, Archives.ArchivesClient> client)
{
    public IEnumerable<RecordSource> All => services.Select(service => new RecordSource(service, client(service)));
}
