using Delegation.AppHost;

// The whole system. Each call is one decision; README.md beside this file is the table of what results.
var builder = DistributedApplication.CreateBuilder(args);

var postgres = builder.AddPlatformPostgres();
var redis = builder.AddPlatformRedis();
var issuer = builder.AddPlatformIssuer();

var contractsDatabase = postgres.AddServiceDatabase("contracts");
var deliveryDatabase = postgres.AddServiceDatabase("delivery");
var reportingDatabase = postgres.AddServiceDatabase("reporting");
var watchDatabase = postgres.AddServiceDatabase("watch");
var migrator = builder.AddMigrator(postgres, contractsDatabase, deliveryDatabase, reportingDatabase, watchDatabase);

var contracts = builder.AddPlatformService<Projects.Contracts>("contracts", contractsDatabase, migrator, issuer);
var delivery = builder.AddPlatformService<Projects.ProjectDelivery>("delivery", deliveryDatabase, migrator, issuer).WithReference(contracts);
var reporting = builder.AddPlatformService<Projects.Reporting>("reporting", reportingDatabase, migrator, issuer).WithReference(contracts);
var watch = builder.AddPlatformService<Projects.Watch>("watch", watchDatabase, migrator, issuer).WithReference(contracts).WithReference(delivery);

// Whatever waits for somebody, anywhere, is on the work lists of ProjectDelivery: it follows every journal, its own too.
delivery.WithReference(reporting).WithReference(watch).WithEnvironment("services__delivery__grpc__0", delivery.GetEndpoint("grpc"));

// Evidence packs of audits and the record of a delegation that ends are made of what every service answers; credit notes name measures of Reporting as their evidence.
contracts.WithReference(delivery).WithReference(reporting).WithReference(watch).WithEnvironment("services__contracts__grpc__0", contracts.GetEndpoint("grpc"));
// Reporting follows the report catalogues of projects: what is due when.
reporting.WithReference(delivery);

builder.AddGateway(redis, issuer, contracts, delivery, reporting, watch);

builder.Build().Run();
