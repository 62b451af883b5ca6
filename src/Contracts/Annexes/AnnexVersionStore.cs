using Delegation.Persistence.Access;
using Delegation.Persistence.Paging;
using Delegation.Persistence.Tenancy;
using Delegation.ServiceDefaults.Outcomes;

namespace Delegation.Contracts.Annexes;

/// <summary>Versions in the database, as far as the caller's side sees them. Whoever writes holds the lock of the annex.</summary>
internal static class AnnexVersionStore
{
    private const string Columns =
        """
        SELECT owner_id AS ownerid, delegation_id AS delegationid, delegate_id AS delegateid, annex_id AS annexid, version_id AS id, file_id AS fileid,
               number, side, visibility, file_name AS filename, content_type AS contenttype, size_bytes AS sizebytes, sha256,
               expire_day AS expireday, person_id AS personid, upload_time AS uploadtime, hand_over_time AS handovertime, revision
        FROM annex_version
        WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND annex_id = @Id AND visibility IN ('both', @side)
        """;

    public static async Task<Outcome<AnnexVersionRow>> FindVersionAsync(this TenantSession session, AnnexRow annex, Guid versionId, CancellationToken cancellationToken)
    {
        var row = await session.FindAsync<AnnexVersionRow>(
            $"{Columns} AND version_id = @versionId",
            new { annex.OwnerId, annex.DelegationId, annex.Id, side = session.Caller.Side.Code(), versionId },
            cancellationToken);
        return row is null ? AnnexRefusals.VersionNotFound : new Outcome<AnnexVersionRow>.Accepted(row);
    }

    public static async Task<Page<AnnexVersionRow>> ListVersionsAsync(this TenantSession session, AnnexRow annex, PageRequest page, CancellationToken cancellationToken)
    {
        var rows = await session.QueryAsync<AnnexVersionRow>(
            $"{Columns} AND (@after::uuid IS NULL OR version_id < @after)\nORDER BY version_id DESC\nLIMIT @Limit",
            new { annex.OwnerId, annex.DelegationId, annex.Id, side = session.Caller.Side.Code(), after = page.After?.Id, page.Limit },
            cancellationToken);
        return rows.ToPage(page, row => new PageKey(default, row.Id));
    }

    public static Task<int> NextVersionNumberAsync(this TenantSession session, AnnexRow annex, CancellationToken cancellationToken) => session.FindAsync<int>(
        "SELECT coalesce(max(number), 0) + 1 FROM annex_version WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND annex_id = @Id",
        new { annex.OwnerId, annex.DelegationId, annex.Id },
        cancellationToken);

    public static Task InsertVersionAsync(this TenantSession session, AnnexVersionRow version, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            INSERT INTO annex_version (owner_id, delegation_id, delegate_id, annex_id, version_id, file_id, number, side, visibility, file_name,
                                       content_type, size_bytes, sha256, person_id, upload_time, revision)
            VALUES (@OwnerId, @DelegationId, @DelegateId, @AnnexId, @Id, @FileId, @Number, @Side, @Visibility, @FileName,
                    @ContentType, @SizeBytes, @Sha256, @PersonId, @UploadTime, @Revision)
            """;

        return session.ExecuteAsync(Sql, version, cancellationToken);
    }

    public static Task SaveVersionAsync(this TenantSession session, AnnexVersionRow version, CancellationToken cancellationToken)
    {
        const string Sql =
            """
            UPDATE annex_version
            SET number = @Number, visibility = @Visibility, expire_day = @ExpireDay, hand_over_time = @HandOverTime, revision = @Revision
            WHERE owner_id = @OwnerId AND delegation_id = @DelegationId AND annex_id = @AnnexId AND version_id = @Id
            """;

        return session.ExecuteAsync(Sql, version, cancellationToken);
    }
}
