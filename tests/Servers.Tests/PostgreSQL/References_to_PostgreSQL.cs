using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Delegation.Servers.Tests.PostgreSQL;

public sealed class References_to_PostgreSQL : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IDistributedApplicationBuilder _builder;

    public References_to_PostgreSQL() => _builder = ServerRun.NewApplication(_folder);

    [Fact]
    public async Task The_connection_strings_are_those_of_the_package()
    {
        var server = Server();
        var database = server.AddDatabase("contractsdb", "contracts");

        Assert.Equal("Host=localhost;Port=5433;Username=postgres;Password=p@ss/w", await server.Resource.GetConnectionStringAsync());
        Assert.Equal(
            "Host=localhost;Port=5433;Username=postgres;Password=p@ss/w;Database=contracts",
            await database.Resource.ConnectionStringExpression.GetValueAsync(default));
    }

    [Fact]
    public async Task The_properties_of_a_server_and_of_a_database_are_those_of_the_package()
    {
        var server = Server();
        var database = server.AddDatabase("contractsdb", "contracts");

        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["Host"] = "localhost",
                ["Port"] = "5433",
                ["Username"] = "postgres",
                ["Password"] = "p@ss/w",
                ["Uri"] = "postgresql://postgres:p%40ss%2Fw@localhost:5433",
                ["JdbcConnectionString"] = "jdbc:postgresql://localhost:5433",
            },
            await PropertiesAsync(server.Resource));
        Assert.Equal(
            new Dictionary<string, string?>
            {
                ["Host"] = "localhost",
                ["Port"] = "5433",
                ["Username"] = "postgres",
                ["Password"] = "p@ss/w",
                ["DatabaseName"] = "contracts",
                ["Uri"] = "postgresql://postgres:p%40ss%2Fw@localhost:5433/contracts",
                ["JdbcConnectionString"] = "jdbc:postgresql://localhost:5433/contracts",
            },
            await PropertiesAsync(database.Resource));
    }

    [Fact]
    public async Task A_user_name_is_a_parameter_too()
    {
        var server = Server(_builder.AddParameter("admin", "admin@site"));

        Assert.Equal("Host=localhost;Port=5433;Username=admin@site;Password=p@ss/w", await server.Resource.GetConnectionStringAsync());
        Assert.Equal("postgresql://admin%40site:p%40ss%2Fw@localhost:5433", await server.Resource.UriExpression.GetValueAsync(default));
    }

    [Fact]
    public void The_generated_password_is_a_secret_parameter_named_after_the_server()
    {
        var password = _builder.AddPostgres("pg").Resource.PasswordParameter;

        Assert.Equal("pg-password", password.Name);
        Assert.True(password.Secret);
    }

    [Fact]
    public void A_database_can_neither_wait_nor_have_environment_variables()
    {
        Assert.False(typeof(IResourceWithWaitSupport).IsAssignableFrom(typeof(PostgresDatabaseResource)));
        Assert.False(typeof(IResourceWithEnvironment).IsAssignableFrom(typeof(PostgresDatabaseResource)));
        Assert.True(typeof(IResourceWithParent<PostgresServerResource>).IsAssignableFrom(typeof(PostgresDatabaseResource)));
    }

    [Fact]
    public void A_data_volume_makes_the_data_last()
    {
        var server = _builder.AddPostgres("pg").WithDataVolume();

        var mount = Assert.Single(server.Resource.Annotations.OfType<ContainerMountAnnotation>());
        Assert.Equal(ContainerMountType.Volume, mount.Type);
    }

    public void Dispose() => _folder.Dispose();

    private IResourceBuilder<PostgresServerResource> Server(IResourceBuilder<ParameterResource>? userName = null)
    {
        var server = _builder.AddPostgres("pg", userName, _builder.AddParameter("pg-secret", "p@ss/w", secret: true));
        var endpoint = server.Resource.Annotations.OfType<EndpointAnnotation>().Single();
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", 5433);
        return server;
    }

    internal static async Task<Dictionary<string, string?>> PropertiesAsync(IResourceWithConnectionString resource)
    {
        var values = new Dictionary<string, string?>();
        foreach (var (name, expression) in resource.GetConnectionProperties())
        {
            values.Add(name, await expression.GetValueAsync(default));
        }

        return values;
    }
}
