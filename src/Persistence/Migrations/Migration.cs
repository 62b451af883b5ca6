using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Delegation.Persistence.Provisioning;

namespace Delegation.Persistence.Migrations;

/// <summary>One numbered SQL file of a service or of the platform, as <c>0001_organizations.sql</c>. Files are forward only and never edited once applied.</summary>
/// <param name="Version">The number that the file name starts with; the first is 1.</param>
/// <param name="FileName">The file's name without folder.</param>
/// <param name="Sql">The statements, with line feeds only.</param>
public sealed partial record Migration(int Version, string FileName, string Sql)
{
    /// <summary>SHA-256 of the statements in lowercase hexadecimal: the same for one file whatever line endings a checkout gave it.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>Reads a migration from a file's name and text.</summary>
    /// <exception cref="MigrationException">The name has no four-digit number, or a statement starts or ends a transaction.</exception>
    public static Migration Parse(string fileName, string text)
    {
        var name = NumberedName().Match(fileName);
        if (!name.Success)
            throw new MigrationException($"{fileName}: a migration is named NNNN_words.sql, with four digits.");

        var sql = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");

        // Each file runs in one transaction of the runner: one that commits in the middle could be left half applied.
        if (SqlScript.Statements(sql).FirstOrDefault(statement => EndsTransaction().IsMatch(statement.Text)) is { } refused)
            throw new MigrationException($"{fileName}:{refused.Line}: '{refused.Text}' is not allowed; each migration runs in one transaction as it is.");

        return new Migration(int.Parse(name.Groups["version"].Value, CultureInfo.InvariantCulture), fileName, sql);
    }

    /// <summary>
    /// The statements with the names of a service's roles in the places of <c>{owner}</c>, <c>{request}</c>, <c>{system}</c> and
    /// <c>{auditor}</c>: what all services share cannot name them. The names need no quoting, and nothing moves to another line.
    /// </summary>
    internal IReadOnlyList<SqlStatement> StatementsFor(ServiceRoles roles) => SqlScript.Statements(Sql
        .Replace("{owner}", roles.Owner, StringComparison.Ordinal)
        .Replace("{request}", roles.Request, StringComparison.Ordinal)
        .Replace("{system}", roles.System, StringComparison.Ordinal)
        .Replace("{auditor}", roles.Auditor, StringComparison.Ordinal));

    [GeneratedRegex(@"^(?<version>[0-9]{4})_[a-z0-9_]+\.sql\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberedName();

    [GeneratedRegex(@"^(begin|start|commit|end|rollback|abort|prepare\s+transaction)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex EndsTransaction();
}
