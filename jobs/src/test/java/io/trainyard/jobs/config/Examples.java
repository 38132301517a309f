package io.trainyard.jobs.config;

/** Files that are right, for the loader and the schema to agree upon. */
final class Examples {
    static final String FULL = """
            version: 1
            name: card-fraud
            timezone: Europe/Berlin
            warehouse: s3a://bucket/fraud
            sources:
              transactions:
                path: data/transactions
                event_time: tx_time
              customers: {table: crm.customers}
              new_transactions:
                path: landing/new
                format: csv
                options: {user: trainyard, password: "${DB_PASSWORD}", maxColumns: 1000}
            training:
              rows: transactions
              key: transaction_id
              label: is_fraud
              task: binary
              positive: yes
              weight: w
              features: {amount: amount, weekend: "dayofweek(tx_time) in (1, 7)"}
              split:
                by: time
                train: 7 days
                gap: 12 hours
                validation: 2 weeks
                test: {from: 2018-08-08, to: 2018-08-15 08:30}
            search:
              metric: average_precision
              learners: [xgboost, logistic_regression]
              trials: 60
              timeout: 20 minutes
              seed: 7
              sampler: sobol
              parallelism: 4
              rounds: 500
              early_stopping: 20
              space:
                xgboost:
                  learning_rate: {low: 0.01, high: 0.3, log: true}
                  max_depth: {low: 3, high: 9, step: 2}
                  grow_policy: lossguide
                  subsample: [0.5, 1.0]
            register:
              model: card-fraud-model
              alias: champion
              promote_if:
                - min: {average_precision: 0.4}
                - max: {log_loss: 0.7}
                - {not_worse_than: champion, margin: 0.02, metric: roc_auc}
            score: {rows: new_transactions, to: predictions, alias: challenger}
            targets:
              dev: {warehouse: ./warehouse}
            """;

    static final String BY_COLUMN = """
            name: adult
            sources: {rows: {sql: select * from adult}}
            training:
              rows: rows
              label: income
              features: [age, education]
              split: {by: column, column: part, train: [1, 2], validation: 3, test: 4}
            search: {learners: xgboost, sampler: grid, space: {xgboost: {max_depth: [4, 6]}}}
            register: {promote_if: {min: {accuracy: 0.8}}}
            """;

    static final String OWN_TEST_ROWS = """
            name: houses
            sources: {train: train.csv, test: test.csv}
            training:
              rows: train
              test_rows: test
              label: price
              task: regression
              drop: [id]
              split: {by: hash, validation: 0.25, test: 0, seed: 3, on: district}
            search: {metric: mape, learners: [linear_regression], trials: "${TRIALS:-5}", lockstep: true, parallelism: 2}
            """;

    static final String JSON = """
            {
              "name": "fraud",
              "sources": {"tx": "data/transactions"},
              "training": {"rows": "tx", "label": "is_fraud", "split": "hash"}
            }
            """;

    private Examples() {}
}
