using System.Data.Common;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A database of a PostgreSQL server. It can be waited for and referenced; it is no process that could itself wait.</summary>
/// <param name="name">The name of the resource.</param>
/// <param name="databaseName">The name of the database.</param>
/// <param name="postgresParentResource">The server.</param>
public class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource)
    : Resource(name), IResourceWithParent<PostgresServerResource>, IResourceWithConnectionString
{
    /// <summary>The server.</summary>
    public PostgresServerResource Parent { get; } =
        postgresParentResource ?? throw new ArgumentNullException(nameof(postgresParentResource));

    /// <summary>The name of the database.</summary>
    public string DatabaseName { get; } =
        !string.IsNullOrEmpty(databaseName) ? databaseName : throw new ArgumentException("A database needs a name.", nameof(databaseName));

    /// <summary>The server's connection string and <c>;Database=…</c></summary>
    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            // Quotes the name where it needs that.
            var database = new DbConnectionStringBuilder { ["Database"] = DatabaseName }.ConnectionString;
            return ReferenceExpression.Create($"{Parent.ConnectionStringExpression};{database}");
        }
    }

    /// <summary><c>postgresql://user:password@host:port/database</c></summary>
    public ReferenceExpression UriExpression => Parent.BuildUri(DatabaseName);

    /// <summary><c>jdbc:postgresql://host:port/database</c>, without credentials.</summary>
    public ReferenceExpression JdbcConnectionString => Parent.BuildJdbcConnectionString(DatabaseName);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties()
    {
        KeyValuePair<string, ReferenceExpression>[] own =
        [
            new("DatabaseName", ReferenceExpression.Create($"{DatabaseName}")),
            new("Uri", UriExpression),
            new("JdbcConnectionString", JdbcConnectionString),
        ];
        return ((IResourceWithConnectionString)Parent).GetConnectionProperties().ExceptBy(own.Select(p => p.Key), p => p.Key).Concat(own);
    }
}
