using Dapper;
using Delegation.TestKit;
using Npgsql;

namespace Delegation.Persistence.Tests.Provisioning;

/// <summary>An administrator as hosted servers give one: may create databases and roles, and is no superuser.</summary>
internal sealed class OtherAdministrator : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name = $"other_admin_{Guid.NewGuid():N}"[..20];

    private OtherAdministrator(string server) => _server = server;

    public string ConnectionString =>
        new NpgsqlConnectionStringBuilder(_server) { Username = _name, Password = MadeUpService.Password, Database = "postgres" }.ConnectionString;

    public static async Task<OtherAdministrator> CreateAsync()
    {
        var administrator = new OtherAdministrator(await TestPostgres.GetAdminConnectionStringAsync());
        await administrator.ExecuteAsync($"CREATE ROLE {administrator._name} LOGIN CREATEDB CREATEROLE PASSWORD '{MadeUpService.Password}'");
        return administrator;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP ROLE {_name}");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_server);
        await connection.ExecuteAsync(sql);
    }
}
