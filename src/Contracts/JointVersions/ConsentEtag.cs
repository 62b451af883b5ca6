using Delegation.Persistence.Commands;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.JointVersions;

/// <summary>The etag of a consent: what the caller read is the same since its last change, whoever consented meanwhile.</summary>
internal static class ConsentEtag
{
    public static Outcome<T>? Mismatch<T>(string etag, Guid id, long contentRevision, long revision)
    {
        for (var read = contentRevision; read < revision; read++)
            if (Etag.Mismatch<T>(etag, id, read) is null)
                return null;

        return Etag.Mismatch<T>(etag, id, revision);
    }
}
